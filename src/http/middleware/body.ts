import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";

/** Refuses (413) longer bodies: immediately when the length is declared, otherwise while the body arrives. */
export function limitBody(bodyBytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bodyBytes,
    onError: () => {
      throw new HTTPException(413, { message: `The body is longer than ${bodyBytes} bytes.` });
    },
  });
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** Refuses (415) a body whose content type is not JSON. A missing body is left to the route's schema. */
export function requireJson(): MiddlewareHandler {
  return async (c, next) => {
    const type = c.req.header("content-type") ?? "";
    if (c.req.raw.body !== null && !JSON_TYPE.test(type)) {
      throw new HTTPException(415, {
        message: `The body must be application/json, not ${type === "" ? "without a content type" : `"${type.slice(0, 100)}"`}.`,
      });
    }
    await next();
  };
}
