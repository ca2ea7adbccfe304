import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { ValidationError } from "./problem.ts";

/** Levels of arrays and objects in a body; a tensor in a request of the inference protocol has six. */
const MAX_DEPTH = 32;
/** Names that mean something else in JavaScript: code that copies an object loses such a key, or worse. */
const HIDDEN_NAMES = new Set(["__proto__", "constructor", "prototype"]);

declare module "hono" {
  interface ContextVariableMap {
    jsonBody?: Promise<unknown>;
  }
}

/**
 * Reads the body as JSON, once; a request without a body has the empty object. What JSON can write, and the rest of the program would
 * lose or change silently, is refused: bytes that are not UTF-8, half a surrogate pair, a number that is infinite as
 * a double, a key that JavaScript hides, deep nesting.
 *
 * @throws {HTTPException} 400 when it is not JSON in UTF-8.
 * @throws {ValidationError} naming the place that is refused.
 */
export function readJsonBody(c: Context): Promise<unknown> {
  const read = c.get("jsonBody") ?? parsed(c);
  c.set("jsonBody", read);
  return read;
}

async function parsed(c: Context): Promise<unknown> {
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength === 0 && c.req.header("content-type") === undefined) return {};
  const value = parse(bytes);
  requirePlain(value);
  return value;
}

function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    const isText = cause instanceof SyntaxError || cause instanceof RangeError;
    const message = isText ? "Malformed JSON in request body" : "The request body is not UTF-8";
    throw new HTTPException(400, { message, cause });
  }
}

/** Looks at every value, without recursion: a body may nest as deep as it is long. */
function requirePlain(body: unknown): void {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: body, path: "", depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value !== "object" || value === null) {
      requireScalar(value, path);
      continue;
    }
    if (depth === MAX_DEPTH) refuse(path, `expected at most ${MAX_DEPTH} levels of arrays and objects`);
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        const item: unknown = value[i];
        // Most of a drawing is numbers in short arrays: they need no entry of their own.
        if (typeof item === "number" && Number.isFinite(item)) continue;
        open.push({ value: item, path: `${path}[${i}]`, depth: depth + 1 });
      }
      continue;
    }
    for (const [key, item] of Object.entries(value)) {
      const at = path === "" ? key : `${path}.${key}`;
      if (HIDDEN_NAMES.has(key)) refuse(at, "is not allowed as a name");
      if (!key.isWellFormed()) refuse(at.toWellFormed(), "has half of a surrogate pair in its name");
      open.push({ value: item, path: at, depth: depth + 1 });
    }
  }
}

function requireScalar(value: unknown, path: string): void {
  if (typeof value === "string" && !value.isWellFormed()) refuse(path, "has half of a surrogate pair");
  if (typeof value === "number" && !Number.isFinite(value)) refuse(path, "is too large for a number");
}

function refuse(path: string, message: string): never {
  const at = path.slice(0, 200);
  throw new ValidationError(`The body is not valid: ${at === "" ? "it" : at} ${message}`, [
    { path: at, message },
  ]);
}
