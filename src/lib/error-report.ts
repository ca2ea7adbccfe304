import { safeText } from "./hide-secrets.ts";

/** An error as plain data that is safe to log: where and why it happened, and none of its other properties. */
export interface ErrorReport {
  name: string;
  message: string;
  /** Set by the system or the database: "ENOSPC", "SQLITE_FULL". */
  code?: string;
  /** Lines of the stack, the innermost call first, each beginning with "at ". */
  stack: string[];
  cause?: ErrorReport;
  /** Of an AggregateError. */
  errors?: ErrorReport[];
}

const MAX_FRAMES = 30;
/** In one report, including causes and the parts of an AggregateError. */
const MAX_ERRORS = 16;
const NAME = /^[\w$.-]{1,60}$/;
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
/** A stack frame. The message, whose lines may look like one, is removed first. */
const FRAME = /^at (?:[\w$.#<>[\] ]{1,200} \()?[^()\n]{1,300}\)?$/;

/**
 * Reports anything that was thrown, with its chain of causes; a circular chain is reported once. For a value that is
 * not an error only its type is reported, unless it is a string. Never throws, whatever the value's getters do.
 *
 * @param hidden strings that the report must not contain, whatever they look like.
 */
export function reportError(thrown: unknown, hidden: readonly string[] = []): ErrorReport {
  return reportOnce(thrown, hidden, new Set());
}

function reportOnce(thrown: unknown, hidden: readonly string[], seen: Set<unknown>): ErrorReport {
  try {
    if (!(thrown instanceof Error)) return noError(thrown, hidden);
    seen.add(thrown);
    return reportOf(thrown, hidden, seen);
  } catch {
    return { name: "Error", message: "an error whose properties cannot be read", stack: [] };
  }
}

function reportOf(error: Error, hidden: readonly string[], seen: Set<unknown>): ErrorReport {
  const { cause } = error;
  const isNew = (one: unknown) => !seen.has(one) && seen.size < MAX_ERRORS;
  const code = "code" in error && typeof error.code === "string" && CODE.test(error.code) ? error.code : null;
  const report: ErrorReport = {
    name: NAME.test(error.name) ? error.name : "Error",
    message: safeText(String(error.message), hidden),
    ...(code === null ? {} : { code }),
    stack: framesOf(error, hidden),
  };
  if (cause !== undefined && cause !== null && isNew(cause)) report.cause = reportOnce(cause, hidden, seen);
  if (error instanceof AggregateError) {
    const parts: unknown[] = Array.isArray(error.errors) ? error.errors.slice(0, MAX_ERRORS) : [];
    report.errors = parts.flatMap((one) => (isNew(one) ? [reportOnce(one, hidden, seen)] : []));
  }
  return report;
}

function noError(thrown: unknown, hidden: readonly string[]): ErrorReport {
  const message = typeof thrown === "string" ? safeText(thrown, hidden) : `a value of type ${typeof thrown}`;
  return { name: "Thrown", message, stack: [] };
}

/** The frames of the stack without the message that it begins with. */
function framesOf({ stack, message }: Error, hidden: readonly string[]): string[] {
  if (typeof stack !== "string") return [];
  const at = stack.indexOf(message);
  // The stack keeps the old message when the message is changed later.
  const [calls, toHide] = at < 0 ? [stack, hidden] : [stack.slice(at + message.length), []];
  return calls
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => safeText(line, toHide));
}
