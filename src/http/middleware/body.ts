import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { saying } from "../../lib/saying.ts";
import { RefusedRequest } from "./refused-request.ts";

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

/** The words of a refusal, by what the body is. */
const LONG_BODY = {
  drawing: { where: "of a drawing", advice: "Send fewer points." },
  model: {
    where: "of a model",
    advice: "Send a smaller model, or raise limits.model_bytes in server.yml.",
  },
  file: {
    where: "of a file of drawings",
    advice: "Send a part of the file, raise limits.import_bytes in server.yml, or use tegaki samples import.",
  },
  other: { where: "here", advice: "Send less." },
} as const;
type Kind = keyof typeof LONG_BODY;

/**
 * Refuses (413) longer bodies: immediately when the length is declared, otherwise while the body arrives.
 * @param paths whose bodies have a drawing or a selection of drawings, a model, and a file of drawings.
 */
export function limitBody(
  limits: BodyLimits,
  paths: { drawing: RegExp; models: ReadonlySet<string>; imports: ReadonlySet<string> },
): MiddlewareHandler {
  const drawing = limitTo(limits.drawingBytes, "drawing");
  const model = limitTo(limits.modelBytes, "model");
  const file = limitTo(limits.importBytes, "file");
  const other = limitTo(limits.bodyBytes, "other");
  return (c, next) => {
    const { path } = c.req;
    if (paths.drawing.test(path)) return drawing(c, next);
    if (paths.imports.has(path)) return file(c, next);
    return (paths.models.has(path) ? model : other)(c, next);
  };
}

function limitTo(bytes: number, kind: Kind): MiddlewareHandler {
  const { where, advice } = LONG_BODY[kind];
  return bodyLimit({
    maxSize: bytes,
    onError: (c) => {
      const declared = c.req.header("transfer-encoding") === undefined && c.req.header("content-length");
      const n = declared ? Number.parseInt(declared, 10) : null;
      const found = n === null ? "more" : `${n} bytes`;
      const says = n === null ? saying("request.more") : saying("request.bytes", { n });
      const message = `The body is too long: expected at most ${bytes} bytes ${where}, found ${found}. ${advice}`;
      throw new RefusedRequest(413, message, saying(`request.long.${kind}`, { max: bytes, found: says }));
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
