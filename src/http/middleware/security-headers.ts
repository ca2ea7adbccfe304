import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { hostNameOf, isLoopback } from "../../lib/host-name.ts";
import type { Trust } from "../access/client.ts";
import { requestHost } from "./allowed-hosts.ts";

const YEAR_S = 365 * 24 * 60 * 60;

/**
 * Sets headers that make the browser trust only this server: everything comes from here, nothing is
 * inline, and no other site may frame, open or embed a page. A server that speaks TLS asks for it the next time, too.
 */
export function securityHeaders({ isEncrypted }: Pick<Trust, "isEncrypted">): MiddlewareHandler {
  const general = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
    },
    // Not "no-referrer": with that, browsers send `Origin: null` with our own forms, and those would be refused.
    referrerPolicy: "same-origin",
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    xFrameOptions: "DENY",
    // Set below; where a proxy in front speaks TLS, that decides.
    strictTransportSecurity: false,
    permissionsPolicy: {
      camera: [],
      microphone: [],
      geolocation: [],
      payment: [],
      usb: [],
      serial: [],
      midi: [],
      displayCapture: [],
    },
  });
  return async (c, next) => {
    await general(c, next);
    // Browsers keep it for all ports of a name, and so for other programs: not for this machine's, nor for the bare names
    // and addresses of a local network.
    const name = hostNameOf(requestHost(c)) ?? "";
    if (isEncrypted && !isLoopback(name) && /\.[a-z][a-z0-9-]*$/.test(name)) {
      c.res.headers.set("strict-transport-security", `max-age=${YEAR_S}`);
    }
    const own: unknown = c.get(OWN_POLICY);
    if (typeof own === "string") c.res.headers.set("content-security-policy", own);
  };
}

const OWN_POLICY = "contentSecurityPolicy";

/** Sets the policy of one response, for a page with an inline style. */
export function setContentSecurityPolicy(c: Context, policy: string): void {
  c.set(OWN_POLICY, policy);
}
