import type { Database } from "bun:sqlite";
import { type Actor, encodeActor } from "../../domain/actor.ts";
import type { Sample } from "../../domain/sample.ts";
import type { IN_REVIEW, ReviewCounts, ReviewQuery, ScreeningMark } from "../../domain/samples/review.ts";
import { ConflictError, InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { checkedLimit, pageOf } from "../paging.ts";
import type { RawRow } from "../row.ts";
import { addChange } from "./lineage/sample-changes.ts";
import { sampleFromRow } from "./sample-row.ts";

/** A cursor of the queue: the probability and the id of the last row. */
const CURSOR = /^([0-9.e-]{1,30})_([0-9a-f-]{36})$/;

/**
 * Records what screening found, within the caller's transaction. A label that has changed since, or that a person has
 * confirmed, keeps its review.
 */
export function putMarks(database: Database, runId: string, marks: readonly ScreeningMark[]): void {
  const mark = database.query(
    `UPDATE samples SET review = $state, review_run = $runId, review_reading = $reading, review_p = $p,
       review_by = NULL, review_opinion = NULL
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
  // Only the conditions that apply, so that SQLite begins at the cursor instead of passing over all rows before it.
  const clauses = [
    "review = $state AND review IN ('suspect', 'held', 'pinned')",
    ...(query.runId === undefined ? [] : ["review_run = $run AND review_by IS NULL"]),
    ...(after === null ? [] : ["(review_p, id) > ($p, $id)"]),
  ];
  const rows = database
    .query<RawRow, [Record<string, string | number>]>(
      `SELECT * FROM samples INDEXED BY samples_in_review WHERE ${clauses.join(" AND ")}
       ORDER BY review_p, id LIMIT $limit`,
    )
    .all({
      state: query.state,
      limit: limit + 1,
      ...(query.runId !== undefined && { run: query.runId }),
      ...(after !== null && { p: Number(after[1]), id: after[2]! }),
    });
  const { page, nextCursor } = pageOf(rows.map(sampleFromRow), limit);
  // The place in the queue is the stored probability, also where the label has none.
  const p = rows[page.length - 1]?.review_p;
  return { samples: page, nextCursor: nextCursor === null ? null : `${p}_${nextCursor}` };
}

/** Counts the labels in review and the pinned drawings, each in one pass over its part of an index. */
export function countReviews(database: Database): ReviewCounts {
  const rows = database
    .query<{ runId: string | null; review: string; n: number }, []>(
      `SELECT CASE WHEN review_by IS NULL THEN review_run END AS runId, review, count(*) AS n
       FROM samples INDEXED BY samples_held_by_run WHERE review IN ('suspect', 'held')
       GROUP BY 1, 2 ORDER BY 1 DESC`,
    )
    .all();
  const pinned = database
    .query<{ n: number }, []>(
      `SELECT count(*) AS n FROM samples INDEXED BY samples_in_review
       WHERE review = 'pinned' AND review IN ('suspect', 'held', 'pinned')`,
    )
    .get();
  const sum = (some: typeof rows) => some.reduce((total, { n }) => total + n, 0);
  const heldRows = rows.filter(({ review }) => review === "held");
  const batches = heldRows.flatMap(({ runId, n: held }) =>
    runId === null ? [] : [{ runId, n: sum(rows.filter((row) => row.runId === runId)), held }],
  );
  const held = sum(heldRows);
  return { suspect: sum(rows) - held, held, pinned: pinned?.n ?? 0, batches };
}

/** The next labels that a run has put into review. */
const NEXT_OF_RUN = `SELECT id FROM samples INDEXED BY samples_held_by_run
  WHERE review_run = $runId AND review_by IS NULL AND review IN ('suspect', 'held') LIMIT $limit`;

/** Takes the label of a sample out of review. @returns 1, or 0 when it is pinned, or there is none. */
export function confirmOne(database: Database, id: string): number {
  return database
    .query(
      "UPDATE samples SET review = 'confirmed' WHERE id = $id AND (review IS NULL OR review <> 'pinned') AND label IS NOT NULL",
    )
    .run({ id }).changes;
}

/** Takes up to `limit` labels that a run has put into review out of it. @returns how many: 0 at the end. */
export function confirmSome(database: Database, runId: string, limit: number): number {
  return database
    .query(`UPDATE samples SET review = 'confirmed' WHERE id IN (${NEXT_OF_RUN})`)
    .run({ runId, limit }).changes;
}

/** Withdraws up to `limit` labels that a run has put into review. @returns how many: 0 at the end. */
export function rejectSome(
  database: Database,
  runId: string,
  { now, actor }: { now: string; actor: Actor },
  limit: number,
): number {
  database
    .query(
      `INSERT INTO sample_changes (sample_id, at, actor, action, label_from, state_from, label_to, state_to)
       SELECT id, $now, $actor, 'changed', label, state, label, 'rejected' FROM samples
       WHERE id IN (${NEXT_OF_RUN})`,
    )
    .run({ runId, now, actor: encodeActor(actor), limit });
  return database
    .query(
      `UPDATE samples SET state = 'rejected', review = NULL, updated_at = $now WHERE id IN (${NEXT_OF_RUN})`,
    )
    .run({ runId, now, limit }).changes;
}

/**
 * Gives a sample the label and the review that it had before someone decided about it. The run and the probability of
 * its review, or the second opinion, are still in its row.
 * @returns null when it does not exist. @throws ConflictError for one that is pinned, or was never in review.
 */
export function reviewAgain(
  database: Database,
  id: string,
  { label, state }: { label: string; state: (typeof IN_REVIEW)[number] },
  { now, actor }: { now: string; actor: Actor },
): Sample | null {
  const find = () =>
    database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
  const raw = find();
  if (raw === null) return null;
  const sample = sampleFromRow(raw);
  requireUnpinned(sample);
  if (sample.review.runId === null && raw.review_by === null && raw.review_opinion === null) {
    throw new ConflictError(`Sample ${id} was never in review, so there is no decision to undo`, {
      says: saying("sample.notReviewed", { id }),
    });
  }
  database
    .query(
      "UPDATE samples SET label = $label, state = 'labelled', review = $state, updated_at = $now WHERE id = $id",
    )
    .run({ id, label, state, now });
  const after = sampleFromRow(find()!);
  if (after.label !== sample.label || after.state !== sample.state)
    addChange(database, { sampleId: id, at: now, actor, from: sample, to: after });
  return after;
}

/** @throws ConflictError for a pinned drawing, whose label nobody may change. */
export function requireUnpinned({ id, review }: Pick<Sample, "id" | "review">): void {
  if (review.state !== "pinned") return;
  throw new ConflictError(
    `Sample ${id} is pinned: models are evaluated on it, so it cannot be changed. An operator can release it: tegaki samples unpin ${id}`,
    { says: saying("pinned", { id }) },
  );
}
