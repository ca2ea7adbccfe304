import type { MiddlewareHandler } from "hono";
import { IMPORT_PATHS, MODEL_PATHS } from "../api/index.ts";
import type { AppDeps } from "../deps.ts";
import { requireAllowed } from "./authorise.ts";
import { identifier } from "./identity.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Waits for the body of a change, and asks once more who sent it: a body may take its time, and whoever was removed, logged
 * out or given a lesser role meanwhile must not change anything. Files of drawings and models are read as they arrive;
 * what they lead to is another request, or is a candidate that nobody uses yet.
 */
export function recheck(deps: Pick<AppDeps, "access" | "trust" | "people">): MiddlewareHandler {
  const whoSent = identifier(deps);
  return async (c, next) => {
    const kind = c.get("identity")?.kind;
    const { method, path } = c.req;
    const isStreamed = MODEL_PATHS.has(path) || IMPORT_PATHS.has(path);
    const isFree = kind === undefined || kind === "machine" || kind === "visitor";
    if (!SAFE_METHODS.has(method) && !isStreamed && !isFree && c.req.raw.body !== null) {
      await c.req.arrayBuffer();
      c.set("identity", await whoSent(c));
      requireAllowed(c);
    }
    await next();
  };
}
