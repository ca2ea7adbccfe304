import type { Database } from "bun:sqlite";
import { type Actor, encodeActor } from "../../../domain/actor.ts";
import { SAMPLE_STATES } from "../../../domain/sample.ts";
import { REVIEWS, type Review } from "../../../domain/samples/review.ts";
import type { GivenLabel } from "../../../domain/samples/sample-import.ts";
import {
  type BulkChange,
  type BulkResult,
  type KeptReason,
  NAMED_KEPT,
  type SelectedSample,
} from "../../../domain/samples/sheet/sheet-store.ts";
import { type RawRow, Row } from "../../row.ts";
import { addChange } from "../lineage/sample-changes.ts";
import { countIn } from "./actions.ts";

/** Who acts, when, and in which action. */
export interface Acting {
  action: number;
  actor: Actor;
  now: string;
}

/** Returns a result of nothing yet. */
export function noResult(): BulkResult {
  return { action: null, changed: 0, unchanged: 0, kept: { gone: 0, pinned: 0, changed: 0 }, named: [] };
}

/** Adds a sample that is not changed to a result. */
export function keep(result: BulkResult, id: string, reason: KeptReason): void {
  result.kept[reason] += 1;
  if (result.named.length < NAMED_KEPT) result.named.push({ id, reason });
}

/** Changes some samples within the caller's transaction, and adds to the result. */
export function changeSome(
  database: Database,
  samples: readonly SelectedSample[],
  change: BulkChange,
  acting: Acting,
  result: BulkResult,
): void {
  const before = result.changed;
  for (const { id, seen } of samples) {
    const sample = findSample(database, id);
    if (sample === null) keep(result, id, "gone");
    else if (sample.review === "pinned") keep(result, id, "pinned");
    else if (seen !== undefined && !isSame(seen, sample)) keep(result, id, "changed");
    else if (change.kind === "confirm") confirmLabel(database, sample, acting, result);
    else if (isSame(changedBy(sample, change), sample)) result.unchanged += 1;
    else {
      putLabel(database, sample, changedBy(sample, change), null, acting);
      result.changed += 1;
    }
  }
  countIn(database, acting.action, result.changed - before);
}

/** As much of a stored sample as a change of its label needs. */
export interface Labelled extends GivenLabel {
  id: string;
  review: Review | null;
  /** Whether a person has left it to the label queue. */
  isLeft: boolean;
}

/** Returns the stored sample; null when there is none. */
export function findSample(database: Database, id: string): Labelled | null {
  const raw = database
    .query<RawRow, { id: string }>("SELECT id, label, state, review, review_by FROM samples WHERE id = $id")
    .get({ id });
  if (raw === null) return null;
  const row = new Row("samples", raw);
  const review = REVIEWS.find((one) => one === row.textOrNull("review")) ?? null;
  return {
    id,
    label: row.textOrNull("label"),
    state: row.oneOf("state", SAMPLE_STATES),
    review,
    isLeft: review === "suspect" && row.textOrNull("review_by") !== null,
  };
}

/** Whether two samples have the same label and state. */
export function isSame(a: GivenLabel, b: GivenLabel): boolean {
  return a.label === b.label && a.state === b.state;
}

/**
 * Gives a sample another label and state, and records it. A label that changes is screened again.
 * @param acting.action null for a change that is not a part of one.
 */
export function putLabel(
  database: Database,
  sample: Labelled,
  to: GivenLabel,
  review: Review | null,
  { action, actor, now }: Omit<Acting, "action"> & { action: number | null },
): void {
  const { id } = sample;
  database
    .query(
      "UPDATE samples SET label = $label, state = $state, review = $review, updated_at = $now WHERE id = $id",
    )
    .run({ id, label: to.label, state: to.state, review, now });
  addChange(database, {
    ...{ sampleId: id, at: now, actor, from: sample, to, reviewTo: review },
    ...(action !== null && { action: { id: action, reviewFrom: sample.review } }),
  });
}

/**
 * Gives a label another review without changing it, and records it. `updated_at` stays: the label is the same.
 * @param by who leaves a suspect label to review by hand, null to undo that; omitted, it stays as it is.
 */
export function putReview(
  database: Database,
  sample: Labelled,
  { review, by }: { review: Review | null; by?: Actor | null },
  { action, actor, now }: Omit<Acting, "action"> & { action: number | null },
): void {
  const { id } = sample;
  if (by === undefined)
    database.query("UPDATE samples SET review = $review WHERE id = $id").run({ id, review });
  else {
    // A label that was never screened has no probability; left by hand, it comes first in the queue.
    database
      .query(
        `UPDATE samples SET review = $review, review_by = $by, review_p = CASE
           WHEN $by IS NOT NULL THEN coalesce(review_p, 0) WHEN review_run IS NOT NULL THEN review_p END
         WHERE id = $id`,
      )
      .run({ id, review, by: by === null ? null : encodeActor(by) });
  }
  addChange(database, {
    ...{ sampleId: id, at: now, actor, from: sample, to: sample, reviewTo: review },
    ...(action !== null && { action: { id: action, reviewFrom: sample.review } }),
  });
}

/** Confirms a label. A drawing without a label in use is as it should be. */
function confirmLabel(database: Database, sample: Labelled, acting: Acting, result: BulkResult): void {
  if (sample.state !== "labelled" || sample.review === "confirmed") {
    result.unchanged += 1;
    return;
  }
  putReview(database, sample, { review: "confirmed" }, acting);
  result.changed += 1;
}

function changedBy({ label, state }: Labelled, change: Exclude<BulkChange, { kind: "confirm" }>): GivenLabel {
  if (change.kind === "relabel") return { label: change.label, state: "labelled" };
  if (change.kind === "none") return { label: null, state: "negative" };
  if (change.kind === "withdraw") return { label, state: "rejected" };
  // Only a withdrawn sample can be restored: any other is as it should be.
  if (state !== "rejected") return { label, state };
  return { label, state: label === null ? "negative" : "labelled" };
}
