import type { Context, MiddlewareHandler } from "hono";
import { saying } from "../../lib/saying.ts";
import { requestHost } from "./allowed-hosts.ts";
import { RefusedRequest } from "./refused-request.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses (403) requests that another site makes a browser send, with any content type and any method except the safe
 * ones. Hono's own `csrf` checks only form types and accepts either of two headers.
 *
 *   Sec-Fetch-Site present -> it must be "same-origin" or "none" (typed by the user)
 *   else Origin present    -> its host must be the request's
 *   else                   -> not a browser: allowed
 *
 * Source: OWASP, Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata headers".
 */
export function sameOrigin(): MiddlewareHandler {
  return async (c, next) => {
    if (!SAFE_METHODS.has(c.req.method) && isCrossSite(c)) {
      const { method, path } = c.req;
      throw new RefusedRequest(
        403,
        `${method} ${path} was sent by another site's page and was refused. Nothing was changed.`,
        saying("request.otherSite", { method, path }),
      );
    }
    await next();
  };
}

function isCrossSite(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = c.req.header("origin");
  return origin !== undefined && !isHostOf(origin, requestHost(c));
}

/** Both are parsed with the origin's scheme, so that an explicit default port equals an omitted one. */
function isHostOf(origin: string, host: string): boolean {
  const sender = URL.parse(origin);
  if (sender === null || sender.host === "") return false;
  return sender.host === URL.parse(`${sender.protocol}//${host}`)?.host;
}
