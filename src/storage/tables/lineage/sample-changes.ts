import type { Database } from "bun:sqlite";
import { type Actor, decodeActor, encodeActor } from "../../../domain/actor.ts";
import { SAMPLE_ACTIONS, type SampleChange } from "../../../domain/lineage/sample-change.ts";
import type { SampleState } from "../../../domain/sample.ts";
import type { Review } from "../../../domain/samples/review.ts";
import type { GivenLabel } from "../../../domain/samples/sample-import.ts";
import { type RawRow, Row } from "../../row.ts";

/** A change to record. Without `from` the sample was stored, without `to` it was deleted. */
export interface NewChange {
  sampleId: string;
  at: string;
  actor: Actor | null;
  from?: GivenLabel;
  to?: GivenLabel;
  /** The review that a decision about the label has left; omitted for a change of the label alone. */
  reviewTo?: Review | null;
  /** The action on many samples that it is a part of, with the review that it ends. */
  action?: { id: number; reviewFrom: Review | null };
}

/** Adds a change to a sample's history, within the transaction that makes it. */
export function addChange(
  database: Database,
  { sampleId, at, actor, from, to, reviewTo, action }: NewChange,
): void {
  database
    .query(
      `INSERT INTO sample_changes (sample_id, at, actor, action, label_from, state_from, label_to, state_to,
         action_id, review_from, review_to)
       VALUES ($sampleId, $at, $actor, $action, $labelFrom, $stateFrom, $labelTo, $stateTo, $actionId, $reviewFrom,
         $reviewTo)`,
    )
    .run({
      sampleId,
      at,
      actor: actor === null ? null : encodeActor(actor),
      action: from === undefined ? "stored" : to === undefined ? "deleted" : "changed",
      labelFrom: from?.label ?? null,
      stateFrom: from?.state ?? null,
      labelTo: to?.label ?? null,
      stateTo: to?.state ?? null,
      actionId: action?.id ?? null,
      reviewFrom: action?.reviewFrom ?? null,
      reviewTo: reviewTo ?? null,
    });
}

/** Returns the changes of a sample, newest first. @param before the seq below which they start. */
export function changesOf(
  database: Database,
  sampleId: string,
  { before, limit }: { before: number; limit: number },
): SampleChange[] {
  return database
    .query<RawRow, { sampleId: string; before: number; limit: number }>(
      "SELECT * FROM sample_changes WHERE sample_id = $sampleId AND seq < $before ORDER BY seq DESC LIMIT $limit",
    )
    .all({ sampleId, before, limit })
    .map(changeFromRow);
}

/** Converts a row of `sample_changes`. @throws UnavailableError when a column has a value of another type. */
export function changeFromRow(raw: RawRow): SampleChange {
  const row = new Row("sample_changes", raw);
  return {
    seq: row.integer("seq"),
    sampleId: row.text("sample_id"),
    at: row.text("at"),
    actor: decodeActor(row.textOrNull("actor")),
    action: row.oneOf("action", SAMPLE_ACTIONS),
    labelFrom: row.textOrNull("label_from"),
    // This program wrote them; a newer one may know more states.
    stateFrom: row.textOrNull("state_from") as SampleState | null,
    labelTo: row.textOrNull("label_to"),
    stateTo: row.textOrNull("state_to") as SampleState | null,
    reviewTo: row.textOrNull("review_to") as Review | null,
  };
}
