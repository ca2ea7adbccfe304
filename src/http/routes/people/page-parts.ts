import type { Context } from "hono";
import {
  ConflictError,
  ForbiddenError,
  InputError,
  NotFoundError,
  type TegakiError,
} from "../../../lib/errors.ts";
import { errorWords } from "../failures.ts";
import { readerText } from "../reader.ts";

/** A refusal that the page itself shows: its words, and the status of the response. */
export interface Refusal {
  message: string;
  status: 400 | 403 | 404 | 409;
}

/** Returns how the page shows an error. @throws every error that is not a refusal of what someone has sent. */
export function refusalOf(c: Context, error: unknown): Refusal {
  const status = statusOf(error);
  if (status === null) throw error;
  return { status, message: errorWords(readerText(c), error as TegakiError) };
}

function statusOf(error: unknown): Refusal["status"] | null {
  if (error instanceof InputError) return 400;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof NotFoundError) return 404;
  return error instanceof ConflictError ? 409 : null;
}

/** Returns the id in the path. @throws NotFoundError when it is not one. */
export function idIn(c: Context): number {
  const id = c.req.param("id") ?? "";
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new NotFoundError(`There is nothing at ${c.req.path}.`);
  return Number(id);
}
