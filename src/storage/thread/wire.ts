import {
  ConflictError,
  InputError,
  NotFoundError,
  saysOf,
  TegakiError,
  UnavailableError,
  UsageError,
} from "../../lib/errors.ts";
import type { Saying } from "../../lib/saying.ts";
import type { StoreOptions } from "../open.ts";

/** The options with which a thread opens its store; the clock is that of the caller. */
export type ThreadStoreOptions = Omit<StoreOptions, "clock">;

/** A part of a message to the thread, which is a list of them: the options first, then calls of methods of the store. */
export type StoreQuestion =
  | { open: ThreadStoreOptions; nowMs: number }
  | {
      /** Identifies the answer; null when none is expected. */
      id: number | null;
      /** A part of the store, such as "samples"; empty for the store's own methods. */
      part: string;
      method: string;
      args: readonly unknown[];
      /** The caller's time, which is the time of the store. */
      nowMs: number;
    };

/** The thread's response to a call. */
export type StoreAnswer = { id: number; value: unknown } | { id: number; error: WireError };

/** An error as data, for another thread. */
export interface WireError {
  name: string;
  message: string;
  stack: string | undefined;
  says: Saying | undefined;
  /** Of SQLite or the system: "SQLITE_FULL". */
  code: string | undefined;
  cause: WireError | null;
}

const OURS = { ConflictError, InputError, NotFoundError, TegakiError, UnavailableError, UsageError };
const BUILT_IN = { RangeError, TypeError };

/** Converts anything that was thrown to data, with its chain of causes. */
export function toWire(thrown: unknown): WireError {
  if (!(thrown instanceof Error)) return toWire(new Error(String(thrown)));
  const { name, message, stack, cause } = thrown;
  const code = "code" in thrown ? String(thrown.code) : undefined;
  return {
    name,
    message,
    stack,
    says: saysOf(thrown),
    code,
    cause: cause === undefined ? null : toWire(cause),
  };
}

/** Converts data back to an error of the same class, if callers choose by that class, with the same stack. */
export function fromWire({ name, message, stack, says, code, cause }: WireError): Error {
  const options = cause === null ? {} : { cause: fromWire(cause) };
  const error = create(name, message, { ...options, says });
  if (stack !== undefined) error.stack = stack;
  return code === undefined ? error : Object.assign(error, { code });
}

function create(name: string, message: string, options: ErrorOptions & { says: Saying | undefined }): Error {
  const ours = Object.entries(OURS).find(([one]) => one === name)?.[1];
  if (ours !== undefined) return new ours(message, options);
  const builtIn = Object.entries(BUILT_IN).find(([one]) => one === name)?.[1] ?? Error;
  return new builtIn(message, options);
}
