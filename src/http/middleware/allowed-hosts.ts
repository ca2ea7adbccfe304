import type { Context, MiddlewareHandler } from "hono";
import { hostNameOf } from "../../lib/host-name.ts";
import { saying } from "../../lib/saying.ts";
import { RefusedRequest } from "./refused-request.ts";

const SHOWN_CHARACTERS = 100;

/**
 * Refuses requests for a host name that is not ours (421), or for none (400). Otherwise, another site whose name is made
 * to resolve to this machine (DNS rebinding) would have our origin in the browser, and could read and write everything.
 *
 * @param isOurs tells for a name without port, in lower case.
 */
export function allowedHosts(isOurs: (name: string) => boolean): MiddlewareHandler {
  return async (c, next) => {
    const host = requestHost(c);
    const name = hostNameOf(host);
    const shown = JSON.stringify(host.slice(0, SHOWN_CHARACTERS));
    if (name === null) {
      const message = `The request is for host ${shown}, which is not a host name. Send the header Host, such as Host: localhost.`;
      throw new RefusedRequest(400, message, saying("request.noHost", { host: shown }));
    }
    if (!isOurs(name)) {
      const message = `This server does not serve host ${shown}. Use an address that tegaki printed when it started, or add the name to allowed_hosts in server.yml.`;
      throw new RefusedRequest(421, message, saying("request.otherHost", { host: shown }));
    }
    await next();
  };
}

/** The host and port that the client addresses. */
export function requestHost(c: Context): string {
  return c.req.header("host") ?? new URL(c.req.url).host;
}
