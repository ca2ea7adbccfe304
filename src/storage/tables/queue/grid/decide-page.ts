import type { Database } from "bun:sqlite";
import { isSameAnswer, type QueueAnswer } from "../../../../domain/queue/question.ts";
import type {
  PoolDecision,
  PoolKeptReason,
  QueueGridDecisions,
  QueueGridResult,
} from "../../../../domain/queue/queue-grid.ts";
import type { AnswerBy } from "../../../../domain/queue/queue-store.ts";
import type { RawRow } from "../../../row.ts";
import { countIn } from "../../sheet/actions.ts";
import { type Deciding, decide } from "../decisions.ts";
import { addSkip, askDrawing } from "../questions.ts";
import { decisionFromRow } from "../queue-row.ts";
import { extendLeases } from "./class-page.ts";

/** Records the answers about a page within the caller's transaction, each as a decision, all as one action. */
export function decidePool(
  database: Database,
  { label, accept, odd }: QueueGridDecisions,
  by: AnswerBy,
  deciding: Deciding & { gridAction: number },
): QueueGridResult {
  const result: QueueGridResult = {
    ...{ action: null, changed: 0, labelled: 0, corrected: 0, left: 0, unchanged: 0 },
    ...{ kept: { answered: 0, taken: 0, removed: 0 }, named: [] },
  };
  const accepted: PoolDecision = { kind: "label", label };
  for (const { id, decision } of [...accept.map((one) => ({ id: one, decision: accepted })), ...odd]) {
    const outcome = decideOne(database, id, decision, by, deciding);
    if (outcome === "changed") {
      const isOfPage = decision.kind === "label" && decision.label === label;
      result[isOfPage ? "labelled" : "corrected"] += 1;
    } else if (outcome === "left" || outcome === "unchanged") result[outcome] += 1;
    else {
      result.kept[outcome] += 1;
      result.named.push({ id, reason: outcome });
    }
  }
  result.changed = result.labelled + result.corrected;
  countIn(database, deciding.gridAction, result.changed);
  return result;
}

function decideOne(
  database: Database,
  id: string,
  decision: PoolDecision,
  by: AnswerBy,
  deciding: Deciding,
): "changed" | "left" | "unchanged" | PoolKeptReason {
  const { labeller } = by;
  if (!isInPool(database, id))
    return decision.kind === "leave" ? whyGone(database, id) : repeated(database, id, decision, labeller);
  const nowMs = deciding.now.getTime();
  if (isTaken(database, id, labeller, nowMs)) return "taken";
  if (decision.kind === "leave") {
    addSkip(database, labeller, id);
    extendLeases(database, labeller, [id], 0);
    return "left";
  }
  decide(database, askDrawing(database, id, { labeller, expiresMs: nowMs }), decision, by, deciding);
  return "changed";
}

function isInPool(database: Database, id: string): boolean {
  return (
    database
      .query<unknown, { id: string }>("SELECT 1 FROM queue_drawings WHERE id = $id AND discarded_at IS NULL")
      .get({ id }) !== null
  );
}

function isTaken(database: Database, id: string, labeller: string, nowMs: number): boolean {
  return (
    database
      .query<unknown, { id: string; labeller: string; nowMs: number }>(
        `SELECT 1 FROM queue_questions
         WHERE drawing_id = $id AND labeller <> $labeller AND expires_ms > $nowMs`,
      )
      .get({ id, labeller, nowMs }) !== null
  );
}

/** Whether an answer repeats that of the same labeller; otherwise, why its drawing is not in the pool. */
function repeated(
  database: Database,
  id: string,
  answer: QueueAnswer,
  labeller: string,
): "unchanged" | PoolKeptReason {
  const raw = database
    .query<RawRow, { id: string }>(
      `SELECT * FROM queue_decisions WHERE item_id = $id AND kind = 'unlabelled' AND undone_at IS NULL
       ORDER BY id DESC LIMIT 1`,
    )
    .get({ id });
  if (raw === null) return whyGone(database, id);
  const before = decisionFromRow(raw);
  return before.labeller === labeller && isSameAnswer(before.answer, answer) ? "unchanged" : "answered";
}

function whyGone(database: Database, id: string): PoolKeptReason {
  const isKnown =
    database
      .query<unknown, { id: string }>(
        "SELECT 1 FROM samples WHERE id = $id UNION ALL SELECT 1 FROM queue_drawings WHERE id = $id",
      )
      .get({ id }) !== null;
  return isKnown ? "answered" : "removed";
}
