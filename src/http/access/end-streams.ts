import type { MiddlewareHandler } from "hono";
import { isAtLeast } from "../../domain/access/role.ts";
import type { AppDeps } from "../deps.ts";
import { identifier } from "./identity.ts";

/**
 * Ends an event stream when the session or token with which it was opened ends, or may do less than then. Each message is
 * held back until that is known, and streams send something every few seconds.
 */
export function endStreams(deps: Pick<AppDeps, "access" | "trust" | "people">): MiddlewareHandler {
  const whoSent = identifier(deps);
  return async (c, next) => {
    await next();
    const opened = c.get("identity");
    const isStream = c.res.headers.get("content-type")?.startsWith("text/event-stream") === true;
    if (!isStream || c.res.body === null || opened?.kind === "machine" || opened == null) return;
    const isStillIn = async () => {
      const now = await whoSent(c).catch(() => null);
      return now !== null && now.kind === opened.kind && isAtLeast(now.role, opened.role);
    };
    const guarded = c.res.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        async transform(message, controller) {
          if (await isStillIn()) controller.enqueue(message);
          else controller.terminate();
        },
      }),
    );
    c.res = new Response(guarded, c.res);
  };
}
