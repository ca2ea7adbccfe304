/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { UnlabelledPage } from "../../../../views/pages/unlabelled.tsx";
import type { AppDeps } from "../../deps.ts";
import { pageProps } from "../reader.ts";

/** The queue of unlabelled drawings as a page. Its drawings come from the API. */
export async function unlabelledPage(c: Context, deps: AppDeps): Promise<Response> {
  const props = {
    ...pageProps(c, deps.version),
    classes: deps.classes,
    hasModel: deps.predictor.current() !== null,
    unlabelled: 0,
    orders: [
      { order: "least_confidence" as const, off: null },
      { order: "newest" as const, off: null },
    ],
    leaseMs: 120_000,
  };
  return c.html(`<!doctype html>${await UnlabelledPage(props)}`);
}
