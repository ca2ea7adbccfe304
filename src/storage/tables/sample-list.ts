import type { SampleQuery } from "../../domain/sample.ts";
import { InputError } from "../../lib/errors.ts";
import { isId } from "../ids.ts";
import { checkedLimit } from "../paging.ts";

/** The filters with an index of their own, the one that fewest samples pass first. */
const FILTERS = ["writer", "label", "state", "split"] as const;

/**
 * Returns the rest of a `SELECT` from `samples` for a page of a list, newest first, with one row more than its limit.
 * The index of its first filter also has the columns of the filters after it.
 *
 * @throws InputError for a limit or a cursor that is not valid.
 */
export function listClauses({ cursor, ...query }: SampleQuery): {
  clauses: string;
  values: Record<string, string | number>;
  limit: number;
} {
  const limit = checkedLimit(query.limit);
  if (cursor !== undefined && !isId(cursor)) {
    throw new InputError(`cursor "${cursor}" is not from a list of samples. Omit it for the first page`);
  }
  const given = FILTERS.filter((filter) => query[filter] !== undefined);
  const conditions = given.map((column) => `${column} = $${column}`);
  if (cursor !== undefined) conditions.push("id < $cursor");
  const index = given[0] === undefined ? "" : `INDEXED BY samples_by_${given[0]}`;
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const values = Object.fromEntries(
    given.flatMap((filter) => {
      const value = query[filter];
      return value === undefined ? [] : [[filter, value]];
    }),
  );
  return {
    clauses: `${index} ${where} ORDER BY id DESC LIMIT $limit`,
    values: { ...values, ...(cursor === undefined ? {} : { cursor }), limit: limit + 1 },
    limit,
  };
}
