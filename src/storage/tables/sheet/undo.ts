import type { Database } from "bun:sqlite";
import type { Actor } from "../../../domain/actor.ts";
import { SAMPLE_STATES } from "../../../domain/sample.ts";
import { REVIEWS, type Review } from "../../../domain/samples/review.ts";
import type { GivenLabel } from "../../../domain/samples/sample-import.ts";
import type { BulkResult, KeptReason } from "../../../domain/samples/sheet/sheet-store.ts";
import { ConflictError, NotFoundError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { type RawRow, Row } from "../../row.ts";
import { addChange } from "../lineage/sample-changes.ts";
import { findAction } from "./actions.ts";
import { findSample, isSame, keep, type Labelled, putLabel, putReview } from "./bulk-change.ts";

/** @throws NotFoundError when there is no such action; ConflictError when it is undone already. */
export function requireUndoable(database: Database, id: number): void {
  const action = findAction(database, id);
  if (action === null)
    throw new NotFoundError(`There is no action ${id} on samples`, {
      says: saying("sample.noAction", { id }),
    });
  if (action.undoneAt !== null)
    throw new ConflictError(`Action ${id} on samples was undone at ${action.undoneAt}`, {
      says: saying("sample.undone", { id, at: action.undoneAt }),
    });
}

/** Marks an action as undone, within the transaction of its last change: until then, undoing it can be repeated. */
export function markUndone(database: Database, id: number, now: string): void {
  database.query("UPDATE sample_actions SET undone_at = $now WHERE id = $id").run({ id, now });
}

/**
 * Undoes up to `limit` changes of an action within the caller's transaction, and adds to the result.
 * @param before the seq below which the changes are: the newest come first.
 * @returns the seq to continue at; null when that was all.
 */
export function undoSome(
  database: Database,
  action: number,
  { before, limit }: { before: number; limit: number },
  by: { actor: Actor; now: string },
  result: BulkResult,
): number | null {
  const rows = database
    .query<RawRow, { action: number; before: number; limit: number }>(
      `SELECT * FROM sample_changes INDEXED BY sample_changes_by_action
       WHERE action_id = $action AND seq < $before ORDER BY seq DESC LIMIT $limit`,
    )
    .all({ action, before, limit });
  for (const raw of rows) undoOne(database, new Row("sample_changes", raw), by, result);
  return rows.length < limit ? null : new Row("sample_changes", rows.at(-1)!).integer("seq");
}

function undoOne(
  database: Database,
  change: Row,
  { actor, now }: { actor: Actor; now: string },
  result: BulkResult,
): void {
  const id = change.text("sample_id");
  const sample = findSample(database, id);
  const left = { label: change.textOrNull("label_to"), state: change.oneOf("state_to", SAMPLE_STATES) };
  const reviewTo = reviewOf(change.textOrNull("review_to"));
  const reason = keptReason(sample, left, reviewTo);
  if (sample === null || reason !== null) {
    keep(result, id, reason ?? "gone");
    return;
  }
  if (change.text("action") === "stored") {
    database.query("DELETE FROM samples WHERE id = $id").run({ id });
    addChange(database, { sampleId: id, at: now, actor, from: sample });
  } else {
    const review = reviewOf(change.textOrNull("review_from"));
    const earlier = {
      label: change.textOrNull("label_from"),
      state: change.oneOf("state_from", SAMPLE_STATES),
    };
    const undoing = { action: null, actor, now };
    if (!isSame(earlier, left)) putLabel(database, sample, earlier, review, undoing);
    else putReview(database, sample, { review, ...(reviewTo === "suspect" && { by: null }) }, undoing);
  }
  result.changed += 1;
}

/** @param reviewTo that the action has left; null where it recorded none. */
function keptReason(sample: Labelled | null, left: GivenLabel, reviewTo: Review | null): KeptReason | null {
  if (sample === null) return "gone";
  if (sample.review === "pinned") return "pinned";
  if (reviewTo !== null && reviewTo !== sample.review) return "changed";
  return isSame(left, sample) ? null : "changed";
}

function reviewOf(value: string | null): Review | null {
  return REVIEWS.find((one) => one === value) ?? null;
}
