import type { Database } from "bun:sqlite";
import type { GridCount, GridItem } from "../../../domain/samples/grid/grid-store.ts";
import { type RawRow, Row } from "../../row.ts";

/** The conditions of the index `samples_unconfirmed`, word for word: SQLite uses it for nothing else. */
const UNCONFIRMED = `FROM samples INDEXED BY samples_unconfirmed WHERE state = 'labelled'
  AND (review IS NULL OR review = 'passed' OR review = 'suspect' AND review_by IS NULL)`;
/** The same of `samples_decided`. */
const DECIDED = `FROM samples INDEXED BY samples_decided WHERE state = 'labelled'
  AND (review IN ('confirmed', 'pinned', 'held') OR review = 'suspect' AND review_by IS NOT NULL)`;
/** The second column of `samples_unconfirmed`. */
const DOUBT = `CASE WHEN review = 'suspect' THEN coalesce(review_p, 0)
  WHEN predicted <> label THEN 1 + coalesce(review_p, 1 - confidence, 1)
  ELSE 2 + coalesce(review_p, confidence, 1) END`;

/** The first drawings of a class in the order of the grid. It reads as many rows of the index as it returns. */
export const GRID_PAGE_QUERY = `SELECT id, predicted, review ${UNCONFIRMED} AND label = $label
  ORDER BY ${DOUBT}, id DESC LIMIT $limit`;

/** Returns the first drawings of a class whose labels no person has confirmed, the most doubtful first. */
export function gridPage(database: Database, label: string, limit: number): GridItem[] {
  return database
    .query<RawRow, { label: string; limit: number }>(GRID_PAGE_QUERY)
    .all({ label, limit })
    .map((raw) => {
      const row = new Row("samples", raw);
      return {
        id: row.text("id"),
        predicted: row.textOrNull("predicted"),
        isSuspect: row.textOrNull("review") === "suspect",
      };
    });
}

/** Counts the labelled drawings of each class by what has been decided about them. */
export function gridCounts(database: Database): GridCount[] {
  const counts = new Map<string, GridCount>();
  const countOf = (label: string): GridCount => {
    const found = counts.get(label) ?? { label, unconfirmed: 0, suspect: 0, confirmed: 0, inReview: 0 };
    counts.set(label, found);
    return found;
  };
  const unconfirmed = database
    .query<{ label: string; n: number; suspect: number }, []>(
      `SELECT label, count(*) AS n, count(*) FILTER (WHERE review = 'suspect') AS suspect ${UNCONFIRMED} GROUP BY label`,
    )
    .all();
  for (const { label, n, suspect } of unconfirmed)
    Object.assign(countOf(label), { unconfirmed: n, suspect, inReview: suspect });
  const decided = database
    .query<{ label: string; review: string; n: number }, []>(
      `SELECT label, review, count(*) AS n ${DECIDED} GROUP BY label, review`,
    )
    .all();
  for (const { label, review, n } of decided)
    countOf(label)[review === "confirmed" || review === "pinned" ? "confirmed" : "inReview"] += n;
  return [...counts.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}
