import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";

/** Greatest length of a request's body in bytes. */
export interface BodyLimits {
  /** Of a request with a drawing, or with a selection of drawings. */
  drawingBytes: number;
  /** Of a request with a model. */
  modelBytes: number;
  /** Of a request with a file of drawings. */
  importBytes: number;
  /** Of every other request. */
  bodyBytes: number;
}

/**
 * Refuses (413) longer bodies: immediately when the length is declared, otherwise while the body arrives.
 * @param paths whose bodies have a drawing or a selection of drawings, a model, and a file of drawings.
 */
export function limitBody(
  limits: BodyLimits,
  paths: { drawing: RegExp; models: ReadonlySet<string>; imports: ReadonlySet<string> },
): MiddlewareHandler {
  const drawing = limitTo(limits.drawingBytes, "of a drawing", "Send fewer points.");
  const model = limitTo(
    limits.modelBytes,
    "of a model",
    "Send a smaller model, or raise limits.model_bytes in server.yml.",
  );
  const file = limitTo(
    limits.importBytes,
    "of a file of drawings",
    "Send a part of the file, raise limits.import_bytes in server.yml, or use tegaki samples import.",
  );
  const other = limitTo(limits.bodyBytes, "here", "Send less.");
  return (c, next) => {
    const { path } = c.req;
    if (paths.drawing.test(path)) return drawing(c, next);
    if (paths.imports.has(path)) return file(c, next);
    return (paths.models.has(path) ? model : other)(c, next);
  };
}

function limitTo(bytes: number, where: string, advice: string): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytes,
    onError: (c) => {
      const declared = c.req.header("transfer-encoding") === undefined && c.req.header("content-length");
      const found = declared ? `${Number.parseInt(declared, 10)} bytes` : "more";
      const message = `The body is too long: expected at most ${bytes} bytes ${where}, found ${found}. ${advice}`;
      throw new HTTPException(413, { message });
    },
  });
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/**
 * Refuses (415) a body whose content type is not JSON. A missing body is left to the route's schema.
 * @param exempt paths whose bodies are something else.
 */
export function requireJson(exempt: ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const type = c.req.header("content-type") ?? "";
    if (!exempt.has(c.req.path) && c.req.raw.body !== null && !JSON_TYPE.test(type)) {
      throw new HTTPException(415, {
        message: `The body must be application/json, not ${type === "" ? "without a content type" : `"${type.slice(0, 100)}"`}.`,
      });
    }
    await next();
  };
}
