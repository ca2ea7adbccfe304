import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { requestHost } from "../middleware/allowed-hosts.ts";

/** More than a secret has. */
const MAX_SECRET = 100;

/**
 * The name of the cookie: browsers send cookies to all ports of a host, and two servers on one machine must not log each
 * other's people out.
 */
function nameOf(c: Context): string {
  const port = /:(\d{1,5})$/.exec(requestHost(c))?.[1];
  return port === undefined ? "tegaki-session" : `tegaki-session-${port}`;
}

/** The secret of the session that the browser has; undefined without one. */
export function sessionCookie(c: Context): string | undefined {
  const secret = getCookie(c, nameOf(c));
  return secret === undefined || secret === "" || secret.length > MAX_SECRET ? undefined : secret;
}

/** Lets the browser keep a session. Scripts cannot read it, and other sites' pages cannot send it with a change. */
export function keepSession(c: Context, { secret, expiresAt }: { secret: string; expiresAt: string }): void {
  setCookie(c, nameOf(c), secret, {
    ...{ path: "/", httpOnly: true, sameSite: "Lax", expires: new Date(expiresAt) },
    secure: c.get("client").isEncrypted,
  });
}

/** Lets the browser forget its session. */
export function dropSession(c: Context): void {
  deleteCookie(c, nameOf(c), { path: "/", secure: c.get("client").isEncrypted });
}
