import type { Context, MiddlewareHandler } from "hono";
import { hostNameOf, isLoopback } from "../../lib/host-name.ts";
import { saying } from "../../lib/saying.ts";
import type { ConnectionBindings } from "../handler.ts";
import { requestHost } from "./allowed-hosts.ts";
import { RefusedRequest } from "./refused-request.ts";

/** Headers by which a proxy says that it passes on the request of someone else. */
const FORWARDING = /^(?:forwarded|x-forwarded-.*|x-real-ip|via)$/;

/**
 * Whether a request comes from this machine, and not from anyone else through it: the peer and the host are loopback,
 * and no proxy has passed the request on. A request without a connection comes from this process.
 */
function isFromThisMachine(c: Context): boolean {
  const connection: Partial<ConnectionBindings> | undefined = c.env;
  const peer = connection?.peer;
  if (peer !== undefined && (peer === null || !isLoopback(peer))) return false;
  const host = hostNameOf(requestHost(c));
  if (host === null || !isLoopback(host)) return false;
  return ![...c.req.raw.headers.keys()].some((name) => FORWARDING.test(name));
}

/** Refuses (403) requests that do not come from this machine. */
export function thisMachineOnly(): MiddlewareHandler {
  return async (c, next) => {
    if (!isFromThisMachine(c)) {
      throw new RefusedRequest(
        403,
        "This server is open to its own machine only, and the request comes through a proxy or from another machine. To open it to everyone who can reach it, start tegaki with --open-to-anyone.",
        saying("request.otherMachine"),
      );
    }
    await next();
  };
}
