import { InputError } from "../lib/errors.ts";

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

/** Returns the limit, 50 by default. @throws InputError unless it is a whole number in 1..200. */
export function checkedLimit(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new InputError(`limit must be a whole number from 1 to ${MAX_LIMIT}, found ${limit}`);
}

/**
 * Removes the additional row, whose only purpose is to show that there is a next page.
 * @param rows at most `limit` + 1.
 * @returns the page, and the id of its last row when more rows follow.
 */
export function pageOf<T extends { id: string }>(
  rows: T[],
  limit: number,
): { page: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  return { page, nextCursor: rows.length > limit ? page.at(-1)!.id : null };
}
