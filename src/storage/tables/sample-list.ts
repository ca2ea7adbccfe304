import type { SampleQuery } from "../../domain/samples/sheet/sample-filter.ts";
import { InputError } from "../../lib/errors.ts";
import { isId } from "../ids.ts";
import { checkedLimit } from "../paging.ts";
import { filtered } from "./sheet/filter-clauses.ts";

/** The filters with an index of their own, the one that fewest samples pass first. */
const FILTERS = ["writer", "label", "state", "split"] as const;

interface ListClauses {
  clauses: string;
  values: Record<string, string | number>;
  limit: number;
}

/**
 * Returns the rest of a `SELECT` from `samples` for a page of a list, newest first, with one row more than its limit.
 * The index of its first filter also has the columns of the filters after it.
 *
 * @throws InputError for a limit or a cursor that is not valid.
 */
export function listClauses({ cursor, ...query }: SampleQuery): ListClauses {
  const limit = checkedLimit(query.limit);
  if (cursor !== undefined && !isId(cursor)) {
    throw new InputError(`cursor "${cursor}" is not from a list of samples. Omit it for the first page`);
  }
  const isPlain = Object.keys(query).every((name) => name === "limit" || FILTERS.some((one) => one === name));
  if (!isPlain) return anyFilter(query, cursor, limit);
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

/** The same for any filter: the ids of the page are found in the index of contact sheets, which reads no ink. */
function anyFilter(
  { limit: _, ...filter }: Omit<SampleQuery, "cursor">,
  cursor: string | undefined,
  limit: number,
): ListClauses {
  const { from, values } = filtered(filter, cursor === undefined ? undefined : { before: cursor });
  const ids = `SELECT id ${from} ORDER BY id DESC LIMIT $limit`;
  return {
    clauses: `WHERE id IN (${ids}) ORDER BY id DESC`,
    values: { ...values, limit: limit + 1 },
    limit,
  };
}
