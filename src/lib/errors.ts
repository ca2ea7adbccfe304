import type { Saying } from "./saying.ts";

/** An error whose message is written for users: it is shown without a stack trace. */
export class TegakiError extends Error {
  override readonly name: string = "TegakiError";
  /** The message as data, for pages in other languages. */
  readonly says: Saying | undefined;

  constructor(message: string, options?: ErrorOptions & { says?: Saying | undefined }) {
    super(message, options);
    this.says = options?.says;
  }
}

/** The command line, the config or a parameter is wrong: exit code 2. */
export class UsageError extends TegakiError {
  override readonly name: string = "UsageError";
}

/**
 * A value from outside (HTTP body, imported file) is malformed: HTTP 400 or 422, exit code 2.
 *
 * @example
 * ```ts
 * import { InputError } from "tegaki";
 *
 * // A node whose failure is shown as this one line, without a stack trace.
 * export function parseCount(text: string): number {
 *   const count = Number(text);
 *   if (!Number.isInteger(count)) throw new InputError(`Expected a whole number, found "${text}"`);
 *   return count;
 * }
 *
 * parseCount("12"); // => 12
 * ```
 */
export class InputError extends TegakiError {
  override readonly name: string = "InputError";
}

/** The requested thing does not exist: HTTP 404. */
export class NotFoundError extends TegakiError {
  override readonly name = "NotFoundError";
}

/** Nobody may do it here, whatever the request says: HTTP 403. */
export class ForbiddenError extends TegakiError {
  override readonly name = "ForbiddenError";
}

/** Nobody has shown who they are: HTTP 401. */
export class UnauthenticatedError extends TegakiError {
  override readonly name = "UnauthenticatedError";
}

/** It was done too often; nothing is wrong, and the same request can be repeated later: HTTP 429. */
export class TooManyError extends TegakiError {
  override readonly name = "TooManyError";
  /** Seconds after which it is possible again, at least 1. */
  readonly retryAfterS: number;

  constructor(message: string, retryAfterS: number, options?: ConstructorParameters<typeof TegakiError>[1]) {
    super(message, options);
    this.retryAfterS = Math.max(1, Math.ceil(retryAfterS));
  }
}

/** The state has changed since the caller read it, or another process holds it: HTTP 409. */
export class ConflictError extends TegakiError {
  override readonly name = "ConflictError";
}

/** The machine cannot do it (disk full, read-only directory, database locked): HTTP 503 or 507, exit code 1. */
export class UnavailableError extends TegakiError {
  override readonly name = "UnavailableError";
}

/**
 * The server has more to do than it can do in time, or is starting, stopping or changing its model. Nothing is wrong, and
 * the same request can be repeated: HTTP 503, without a line in the log.
 */
export class BusyError extends UnavailableError {}

/** A longer message is cut: it is stored with the run, and shown on pages. */
const MAX_MESSAGE = 10_000;

/** Returns the message of any thrown value, on one line. Never throws, whatever the value's getters do. */
export function messageOf(error: unknown): string {
  const text = textOf(error)
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
  return text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}…`;
}

function textOf(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  try {
    const isObject = typeof thrown === "object" && thrown !== null;
    const message = isObject && "message" in thrown ? thrown.message : undefined;
    if (typeof message === "string" && (message !== "" || !(thrown instanceof Error))) return message;
    if (thrown instanceof Error) return `${thrown.name} without a message`;
    return `${(isObject ? JSON.stringify(thrown) : undefined) ?? String(thrown)} was thrown, which is not an error`;
  } catch {
    return "an error whose properties cannot be read";
  }
}

/** The message of an error as data; undefined for an error that has none. */
export function saysOf(error: unknown): Saying | undefined {
  return error instanceof TegakiError ? error.says : undefined;
}
