import type { Context } from "hono";
import { sentenceWords } from "../../../../views/i18n/saying-words.ts";
import {
  BusyError,
  ConflictError,
  ForbiddenError,
  InputError,
  saysOf,
  TooManyError,
  UnauthenticatedError,
} from "../../../lib/errors.ts";
import { readerText } from "../reader.ts";

/** Why a form is shown again. */
export interface Refusal {
  status: 401 | 403 | 409 | 422 | 429 | 503;
  /** In the reader's language. */
  message: string;
}

/**
 * Words an error that someone can mend in the form, and sets `Retry-After` where it says when.
 * @throws the error itself when it is another one.
 */
export function refusalOf(c: Context, error: unknown): Refusal {
  const status = statusOf(error);
  if (status === null) throw error;
  if (error instanceof TooManyError) c.header("retry-after", String(error.retryAfterS));
  if (status === 503) c.header("retry-after", "1");
  const { message } = error as Error;
  return { status, message: sentenceWords(readerText(c), "failure", { message, says: saysOf(error) }) };
}

function statusOf(error: unknown): Refusal["status"] | null {
  if (error instanceof UnauthenticatedError) return 401;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof ConflictError) return 409;
  if (error instanceof InputError) return 422;
  if (error instanceof TooManyError) return 429;
  return error instanceof BusyError ? 503 : null;
}
