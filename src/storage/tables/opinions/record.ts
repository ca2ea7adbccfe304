import type { Database } from "bun:sqlite";
import { answerKey, isLabel, type Opinion } from "../../../domain/queue/opinion.ts";
import { IN_REVIEW } from "../../../domain/samples/review.ts";
import { Row } from "../../row.ts";
import { firstLabeller } from "./first-labeller.ts";
import { STANDING } from "./standing.ts";

/** An opinion to record. */
export interface NewOpinion extends Pick<Opinion, "kind" | "sampleId" | "labeller" | "answer" | "at"> {
  decisionId: string;
  /** Of a known answer: the label that the question was put with; null otherwise. */
  asked: string | null;
}

/** The columns of a sample's review. */
interface ReviewColumns {
  review: string | null;
  review_run: string | null;
  review_reading: string | null;
  review_p: number | null;
  review_opinion: number | null;
  /** Who has left it to review by hand. */
  review_by: string | null;
}

/** The review of a label that a second opinion contradicts: before all that a model has put there. */
const CONTRADICTED = {
  review: "suspect",
  review_run: null,
  review_reading: null,
  review_p: 0,
  review_by: null,
};

/**
 * Records an answer to a labelled sample, within the caller's transaction. A second opinion that is not the label puts
 * the label in review, unless it is in review already, or pinned. Nothing is recorded about a sample that has lost its label
 * in the meantime, or a known answer whose label has changed. The answer to a question whose first answer was undone decides
 * about the review only: agreement and scores keep the first, because the label may have been shown since.
 */
export function recordOpinion(database: Database, opinion: NewOpinion): void {
  const { sampleId, kind, answer, asked } = opinion;
  const sample = labelledSample(database, sampleId);
  if (sample === null || (kind === "known" && asked !== sample.label)) return;
  const { label, ...review } = sample;
  const isSuspect = kind === "second" && !isLabel(answer, label) && canBeSuspect(review);
  const before = isSuspect ? JSON.stringify(review) : null;
  const id =
    answerAgain(database, opinion, before) ??
    addOpinion(database, { ...opinion, expected: label, reviewBefore: before });
  if (isSuspect) putReview(database, sampleId, { ...CONTRADICTED, review_opinion: id });
}

/** @returns the id of the opinion that a labeller has undone and gives again; null when there is none. */
function answerAgain(
  database: Database,
  { decisionId, sampleId, labeller, kind }: NewOpinion,
  before: string | null,
): number | null {
  const row = database
    .query<{ id: number }, Record<string, string | null>>(
      `UPDATE label_opinions SET decision_id = $decisionId, review_before = $before
       WHERE id = (SELECT max(id) FROM label_opinions
           WHERE sample_id = $sampleId AND kind = $kind AND labeller = $labeller)
         AND decision_id IN (SELECT id FROM queue_decisions WHERE item_id = $sampleId AND undone_at IS NOT NULL)
       RETURNING id`,
    )
    .get({ decisionId, sampleId, labeller, kind, before });
  return row?.id ?? null;
}

/** @returns its id. */
function addOpinion(
  database: Database,
  opinion: NewOpinion & { expected: string; reviewBefore: string | null },
): number {
  const { decisionId, sampleId, kind, labeller, answer, expected, reviewBefore, at } = opinion;
  const { lastInsertRowid } = database
    .query(
      `INSERT INTO label_opinions (decision_id, sample_id, kind, labeller, answer, expected, first_labeller,
         review_before, at)
       VALUES ($decisionId, $sampleId, $kind, $labeller, $answer, $expected, $first, $before, $at)`,
    )
    .run({
      ...{ decisionId, sampleId, kind, labeller, at, answer: answerKey(answer), expected },
      first: firstLabeller(database, sampleId),
      before: reviewBefore,
    });
  return Number(lastInsertRowid);
}

/**
 * Withdraws the opinion of a decision that is marked as undone, within the caller's transaction. A label that it has put
 * in review, and about which nobody has decided since, has its earlier review again, unless another second opinion
 * contradicts it too. The answer stays recorded: it was the first one, whatever follows.
 */
export function withdrawOpinion(database: Database, decisionId: string): void {
  const raw = database
    .query<Record<string, unknown>, { decisionId: string }>(
      "SELECT id, sample_id, review_before FROM label_opinions WHERE decision_id = $decisionId",
    )
    .get({ decisionId });
  if (raw === null) return;
  endReview(database, new Row("label_opinions", raw));
  database
    .query("UPDATE label_opinions SET review_before = NULL WHERE decision_id = $decisionId")
    .run({ decisionId });
}

/** Removes all opinions of a labeller, ends the reviews as `withdrawOpinion` does, and removes the name where it is that of who labelled first. */
export function forgetOpinions(database: Database, labeller: string): void {
  const rows = database
    .query<Record<string, unknown>, { labeller: string }>(
      "DELETE FROM label_opinions WHERE labeller = $labeller RETURNING id, sample_id, review_before",
    )
    .all({ labeller });
  for (const raw of rows) endReview(database, new Row("label_opinions", raw));
  database
    .query("UPDATE label_opinions SET first_labeller = NULL WHERE first_labeller = $labeller")
    .run({ labeller });
}

/** Ends the review that an opinion which no longer stands has begun. */
function endReview(database: Database, opinion: Row): void {
  const [id, sampleId] = [opinion.integer("id"), opinion.text("sample_id")];
  const before = opinion.jsonOrNull<ReviewColumns>("review_before");
  const sample = before === null ? null : labelledSample(database, sampleId);
  if (before === null || sample?.review !== "suspect" || sample.review_opinion !== id) return;
  const other = database
    .query<{ id: number }, { sampleId: string; right: string }>(
      `SELECT id FROM (${STANDING} AND given.sample_id = $sampleId) WHERE kind = 'second' AND answer <> $right
       ORDER BY id LIMIT 1`,
    )
    .get({ sampleId, right: answerKey({ kind: "label", label: sample.label }) });
  if (other !== null) {
    database
      .query("UPDATE label_opinions SET review_before = $before WHERE id = $id")
      .run({ id: other.id, before: JSON.stringify(before) });
  }
  putReview(database, sampleId, other === null ? before : { ...CONTRADICTED, review_opinion: other.id });
}

function canBeSuspect({ review }: ReviewColumns): boolean {
  return review !== "pinned" && !IN_REVIEW.some((state) => state === review);
}

function labelledSample(database: Database, id: string): (ReviewColumns & { label: string }) | null {
  return database
    .query<ReviewColumns & { label: string }, { id: string }>(
      `SELECT label, review, review_run, review_reading, review_p, review_opinion, review_by FROM samples
       WHERE id = $id AND state = 'labelled'`,
    )
    .get({ id });
}

function putReview(database: Database, id: string, columns: ReviewColumns): void {
  database
    .query(
      `UPDATE samples SET review = $review, review_run = $review_run, review_reading = $review_reading,
         review_p = $review_p, review_opinion = $review_opinion, review_by = $review_by WHERE id = $id`,
    )
    .run({ id, ...columns });
}
