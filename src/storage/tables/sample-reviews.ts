import type { Database } from "bun:sqlite";
import type { Sample } from "../../domain/sample.ts";
import type { IN_REVIEW, ReviewCounts, ReviewQuery, ScreeningMark } from "../../domain/samples/review.ts";
import { ConflictError, InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { checkedLimit, pageOf } from "../paging.ts";
import type { RawRow } from "../row.ts";
import { sampleFromRow } from "./sample-row.ts";

/** A cursor of the queue: the probability and the id of the last row. */
const CURSOR = /^([0-9.e-]{1,30})_([0-9a-f-]{36})$/;

/**
 * Records what screening found, within the caller's transaction. A label that has changed since, or that a person has
 * confirmed, keeps its review.
 */
export function putMarks(database: Database, runId: string, marks: readonly ScreeningMark[]): void {
  const mark = database.query(
    `UPDATE samples SET review = $state, review_run = $runId, review_reading = $reading, review_p = $p
     WHERE id = $id AND label = $label AND review IS NULL`,
  );
  // Where the model did not know the label, it has no opinion: the queue shows it last.
  for (const one of marks) mark.run({ ...one, p: one.p ?? 1, runId });
}

/** Returns a page of the labels in review, the least probable first. @throws InputError for a bad cursor or limit. */
export function reviewPage(
  database: Database,
  query: ReviewQuery,
): { samples: Sample[]; nextCursor: string | null } {
  const limit = checkedLimit(query.limit);
  const after = query.cursor === undefined ? null : CURSOR.exec(query.cursor);
  if (query.cursor !== undefined && after === null) {
    throw new InputError(`cursor "${query.cursor}" is not from the review queue. Omit it for the first page`);
  }
  const rows = database
    .query<RawRow, [Record<string, string | number | null>]>(
      `SELECT * FROM samples INDEXED BY samples_in_review WHERE review = $state AND review IN ('suspect', 'held', 'pinned')
         AND ($run IS NULL OR review_run = $run)
         AND ($p IS NULL OR (review_p, id) > ($p, $id))
       ORDER BY review_p, id LIMIT $limit`,
    )
    .all({
      state: query.state,
      run: query.runId ?? null,
      p: after === null ? null : Number(after[1]),
      id: after?.[2] ?? null,
      limit: limit + 1,
    });
  const { page, nextCursor } = pageOf(rows.map(sampleFromRow), limit);
  const last = page.at(-1);
  return {
    samples: page,
    nextCursor: nextCursor === null || last === undefined ? null : `${last.review.p ?? 1}_${last.id}`,
  };
}

/** Counts the labels in review and the pinned drawings. */
export function countReviews(database: Database): ReviewCounts {
  const rows = database
    .query<{ review: string; n: number }, []>(
      `SELECT review, count(*) AS n FROM samples INDEXED BY samples_in_review
       WHERE review IN ('suspect', 'held', 'pinned') GROUP BY review`,
    )
    .all();
  const of = (state: string) => rows.find(({ review }) => review === state)?.n ?? 0;
  const batches = database
    .query<ReviewCounts["batches"][number], []>(
      `SELECT review_run AS runId, count(*) AS n, sum(review = 'held') AS held
       FROM samples INDEXED BY samples_held_by_run
       WHERE review IN ('suspect', 'held') AND review_run IS NOT NULL
       GROUP BY review_run HAVING held > 0 ORDER BY review_run DESC`,
    )
    .all();
  return { suspect: of("suspect"), held: of("held"), pinned: of("pinned"), batches };
}

/** Takes labels out of review: those of one sample, or all that a run has put there. @returns how many. */
export function confirm(database: Database, which: { id: string } | { runId: string }): number {
  if ("id" in which) {
    return database
      .query(
        "UPDATE samples SET review = 'confirmed' WHERE id = $id AND (review IS NULL OR review <> 'pinned') AND label IS NOT NULL",
      )
      .run(which).changes;
  }
  return database
    .query(
      "UPDATE samples SET review = 'confirmed' WHERE review_run = $runId AND review IN ('suspect', 'held')",
    )
    .run(which).changes;
}

/** Withdraws all labels that a run has put into review. @returns how many. */
export function rejectHeld(database: Database, runId: string, now: string): number {
  return database
    .query(
      `UPDATE samples SET state = 'rejected', review = NULL, updated_at = $now
       WHERE review_run = $runId AND review IN ('suspect', 'held')`,
    )
    .run({ runId, now }).changes;
}

/**
 * Gives a sample the label and the review that it had before someone decided about it. The run and the probability of
 * its review are still in its row.
 * @returns null when it does not exist. @throws ConflictError for one that is pinned, or that no run has screened.
 */
export function reviewAgain(
  database: Database,
  id: string,
  { label, state }: { label: string; state: (typeof IN_REVIEW)[number] },
  now: string,
): Sample | null {
  const find = () =>
    database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
  const raw = find();
  if (raw === null) return null;
  const sample = sampleFromRow(raw);
  requireUnpinned(sample);
  if (sample.review.runId === null) {
    throw new ConflictError(`Sample ${id} was never in review, so there is no decision to undo`);
  }
  database
    .query(
      "UPDATE samples SET label = $label, state = 'labelled', review = $state, updated_at = $now WHERE id = $id",
    )
    .run({ id, label, state, now });
  return sampleFromRow(find()!);
}

/** @throws ConflictError for a pinned drawing, whose label nobody may change. */
export function requireUnpinned({ id, review }: Pick<Sample, "id" | "review">): void {
  if (review.state !== "pinned") return;
  throw new ConflictError(
    `Sample ${id} is pinned: models are evaluated on it, so it cannot be changed. An operator can release it: tegaki samples unpin ${id}`,
    { says: saying("pinned", { id }) },
  );
}
