import type { MiddlewareHandler } from "hono";
import type { AppDeps } from "../../deps.ts";
import { sharedFor } from "../shared.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** Number of labels in review, for the navigation; set for pages only. */
    inReview?: number;
  }
}

/** Many pages cost the store as much as one. */
const MAX_AGE_MS = 1_000;

/** Counts the labels in review for the navigation of every page. Streams have no navigation. */
export function countReviews({ store, clock }: Pick<AppDeps, "store" | "clock">): MiddlewareHandler {
  const count = sharedFor(clock, MAX_AGE_MS, async () => {
    const { suspect, held } = await store.samples.reviewCounts();
    return suspect + held;
  });
  return async (c, next) => {
    if (c.req.path !== "/events") c.set("inReview", await count());
    await next();
  };
}
