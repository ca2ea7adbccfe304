/** An error whose message is written for the person who reads it: no stack trace is ever shown for one. */
export class TegakiError extends Error {
  override readonly name: string = "TegakiError";
}

/** The command line, the config or a parameter is wrong: exit code 2. */
export class UsageError extends TegakiError {
  override readonly name: string = "UsageError";
}

/** A value handed in from outside (HTTP body, imported file) is malformed: HTTP 400/422, exit code 2. */
export class InputError extends TegakiError {
  override readonly name: string = "InputError";
}

/** The thing asked for does not exist: HTTP 404. */
export class NotFoundError extends TegakiError {
  override readonly name = "NotFoundError";
}

/** The state has moved on since the caller looked, or somebody else holds it: HTTP 409. */
export class ConflictError extends TegakiError {
  override readonly name = "ConflictError";
}

/** The machine refuses (disk full, read-only directory, database locked): HTTP 503 or 507, exit code 1. */
export class UnavailableError extends TegakiError {
  override readonly name = "UnavailableError";
}

/** The message of anything that was thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s*\n\s*/g, " ").trim();
}
