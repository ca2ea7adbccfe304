import type { Database } from "bun:sqlite";
import type { Actor } from "../../../../domain/actor.ts";
import type { Decision } from "../../../../domain/queue/question.ts";
import type { BulkResult, KeptReason } from "../../../../domain/samples/sheet/sheet-store.ts";
import { type RawRow, Row } from "../../../row.ts";
import { keep } from "../../sheet/bulk-change.ts";
import { decisionFromRow } from "../queue-row.ts";
import {
  findDecided,
  isAsLeft,
  isImportUndone,
  takeBackDiscarded,
  takeBackSample,
} from "../undo-decision.ts";

/**
 * Undoes the decisions about a page of the pool within the caller's transaction, and adds to the result: every sample that
 * still is as the page left it is deleted, and its drawing is in the pool again. Does nothing for any other action.
 */
export function undoPoolPage(
  database: Database,
  action: number,
  by: { actor: Actor; now: string },
  result: BulkResult,
): void {
  const rows = database
    .query<RawRow, { action: number }>(
      "SELECT * FROM queue_decisions WHERE grid_action = $action AND undone_at IS NULL ORDER BY id DESC",
    )
    .all({ action });
  const mark = database.query("UPDATE queue_decisions SET undone_at = $now WHERE id = $id");
  for (const raw of rows) {
    const decision = decisionFromRow(raw);
    const reason = takeBack(database, decision, new Row("queue_decisions", raw), by);
    if (reason === null) {
      mark.run({ id: decision.id, now: by.now });
      result.changed += 1;
    } else keep(result, decision.itemId, reason);
  }
}

function takeBack(
  database: Database,
  decision: Decision,
  row: Row,
  { actor, now }: { actor: Actor; now: string },
): KeptReason | null {
  if (decision.answer.kind === "discard") return takeBackDiscarded(database, decision) ? null : "gone";
  const sample = findDecided(database, decision.itemId);
  if (sample === null) return "gone";
  if (sample.review.state === "pinned") return "pinned";
  if (!isAsLeft(decision, sample) || isImportUndone(database, row)) return "changed";
  takeBackSample(database, sample, row, { actor, at: now });
  return null;
}
