import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/**
 * Sets headers that make the browser trust only this server: everything comes from here, nothing is
 * inline, and no other site may frame, open or embed a page.
 */
export function securityHeaders(): MiddlewareHandler {
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
    // A TLS proxy in front decides about that; over plain HTTP, browsers ignore it.
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
    const own: unknown = c.get(OWN_POLICY);
    if (typeof own === "string") c.res.headers.set("content-security-policy", own);
  };
}

const OWN_POLICY = "contentSecurityPolicy";

/** Sets the policy of one response, for a page with an inline style. */
export function setContentSecurityPolicy(c: Context, policy: string): void {
  c.set(OWN_POLICY, policy);
}
