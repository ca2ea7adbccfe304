import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";

/**
 * Refuses requests for a host name that is not ours (421). Otherwise, another site whose name is made to
 * resolve to 127.0.0.1 (DNS rebinding) would have our origin in the browser, and could read and write everything.
 *
 * @param allowed names without port, lower case; null allows every name.
 */
export function allowedHosts(allowed: readonly string[] | null): MiddlewareHandler {
  return async (c, next) => {
    const name = hostName(requestHost(c));
    if (allowed !== null && (name === null || !allowed.includes(name))) {
      throw new HTTPException(421, {
        message: `This server does not serve host "${requestHost(c).slice(0, 100)}", only for ${allowed.join(", ")}.`,
      });
    }
    await next();
  };
}

/** The host and port that the client addresses. */
export function requestHost(c: Context): string {
  return c.req.header("host") ?? new URL(c.req.url).host;
}

/** "localhost:8000" -> "localhost", "[::1]:8000" -> "::1"; null when it is not a host. */
function hostName(host: string): string | null {
  const url = URL.parse(`http://${host}`);
  // A host with a path, a query or a user would also parse, but mean something else.
  if (url === null || /[/?#@\\\s]/.test(host)) return null;
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}
