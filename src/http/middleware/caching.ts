import type { Context, MiddlewareHandler } from "hono";

const PUBLIC = "cacheControl";

/**
 * Forbids browsers and proxies to keep a response (`Cache-Control: no-store`): pages, fragments, streams, files, pictures
 * and errors show drawings, names, or what somebody may see and the next person at the same machine may not. Whatever else
 * a route has set is replaced, so a new route cannot forget it. Only what `mayBeKept` has named is exempt.
 */
export function keepsNothing(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const own: unknown = c.get(PUBLIC);
    c.res.headers.set("cache-control", typeof own === "string" ? own : "no-store");
  };
}

/** Lets browsers keep this response: it is the same for everyone, and nobody's drawing or name is in it. */
export function mayBeKept(c: Context, cacheControl: string): void {
  c.set(PUBLIC, cacheControl);
}
