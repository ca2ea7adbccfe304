import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/**
 * Headers that tell the browser to trust nothing but this server: everything comes from here, nothing is
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
    // Whoever puts TLS in front decides about that; over plain HTTP browsers ignore it.
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

/** Gives one answer a policy of its own: for a page that carries its style inside. */
export function setContentSecurityPolicy(c: Context, policy: string): void {
  c.set(OWN_POLICY, policy);
}
