import type { Database } from "bun:sqlite";
import type { Decision } from "../../../domain/queue/question.ts";
import type { AnswerBy } from "../../../domain/queue/queue-store.ts";
import type { DrawingScores } from "../../../domain/queue/scores.ts";
import type { Sample } from "../../../domain/sample.ts";
import { describeLabel } from "../../../domain/samples/sample-import.ts";
import { ConflictError, NotFoundError } from "../../../lib/errors.ts";
import { type RawRow, Row } from "../../row.ts";
import { addChange } from "../lineage/sample-changes.ts";
import { encodeInk } from "../sample-insert.ts";
import { requireUnpinned } from "../sample-reviews.ts";
import { sampleFromRow } from "../sample-row.ts";
import type { Deciding } from "./decisions.ts";
import { insertDrawing } from "./pool.ts";
import { askCheck, askDrawing } from "./questions.ts";
import { decisionFromRow } from "./queue-row.ts";

/** Does the work of `QueueStore.undo`, within the caller's transaction. @returns the id of the new question. */
export function undoDecision(
  database: Database,
  id: string,
  by: AnswerBy,
  leaseMs: number,
  { checks, now }: Pick<Deciding, "checks" | "now">,
): string {
  const raw = database
    .query<RawRow, { id: string }>("SELECT * FROM queue_decisions WHERE id = $id")
    .get({ id });
  if (raw === null) throw new NotFoundError(`There is no decision ${id.slice(0, 100)}.`);
  const decision = decisionFromRow(raw);
  if (decision.labeller !== by.labeller)
    throw new ConflictError(`Decision ${id} is someone else's: only its labeller can undo it`);
  if (decision.undoneAt !== null) {
    const again = askedAgain(database, decision, now.getTime());
    if (again !== null) return again;
    throw new ConflictError(`Decision ${id} was undone already, at ${decision.undoneAt}`);
  }
  const lease = { labeller: by.labeller, expiresMs: now.getTime() + leaseMs };
  const undoneAt = now.toISOString();
  database.query("UPDATE queue_decisions SET undone_at = $undoneAt WHERE id = $id").run({ id, undoneAt });
  const { kind, itemId, expected } = decision;
  if (kind !== "unlabelled") {
    requireSample(database, itemId);
    checks.undone(database, { ...decision, undoneAt });
    return askCheck(database, { kind, sampleId: itemId, expected }, lease);
  }
  if (decision.answer.kind === "discard") takeBackDiscarded(database, decision);
  else takeBackSample(database, decision, new Row("queue_decisions", raw), { by, at: undoneAt });
  return askDrawing(database, itemId, lease);
}

/** The question that the undo has brought back, if its labeller still has it: a repeated undo returns the same one. */
function askedAgain(database: Database, { itemId, labeller }: Decision, nowMs: number): string | null {
  const row = database
    .query<{ id: string }, { itemId: string; labeller: string; nowMs: number }>(
      `SELECT id FROM queue_questions
       WHERE (drawing_id = $itemId OR sample_id = $itemId) AND labeller = $labeller AND expires_ms > $nowMs`,
    )
    .get({ itemId, labeller, nowMs });
  return row?.id ?? null;
}

function takeBackDiscarded(database: Database, { id, itemId }: Decision): void {
  const { changes } = database
    .query("UPDATE queue_drawings SET discarded_at = NULL WHERE id = $itemId AND discarded_at IS NOT NULL")
    .run({ itemId });
  if (changes === 0) throw gone(id);
}

function takeBackSample(
  database: Database,
  decision: Decision,
  row: Row,
  { by, at }: { by: AnswerBy; at: string },
): void {
  const sample = findSample(database, decision.itemId);
  if (sample === null) throw gone(decision.id);
  requireAsLeft(decision, sample);
  requireImported(database, decision, sample.id, row.integerOrNull("action_id"));
  database.query("DELETE FROM samples WHERE id = $id").run({ id: sample.id });
  addChange(database, { sampleId: sample.id, at, actor: by.actor, from: sample });
  const scores = row.jsonOrNull<DrawingScores>("scores");
  insertDrawing(database, { ...sample, scores }, encodeInk(sample), row.integerOrNull("action_id"));
}

/** @throws ConflictError unless the sample is as the decision left it. */
function requireAsLeft({ id, answer }: Decision, sample: Sample): void {
  requireUnpinned(sample);
  const label = answer.kind === "label" ? answer.label : null;
  const state = label === null ? "negative" : "labelled";
  if (sample.label === label && sample.state === state && sample.review.state !== "confirmed") return;
  const found =
    sample.review.state === "confirmed" ? "its label was confirmed" : `it is "${describeLabel(sample)}"`;
  throw new ConflictError(
    `Decision ${id} cannot be undone: sample ${sample.id} has changed since, ${found}. Correct that sample instead`,
  );
}

/** @throws ConflictError when the drawing's import was undone: it has no place in the pool. */
function requireImported(
  database: Database,
  { id }: Decision,
  sampleId: string,
  action: number | null,
): void {
  const undone = database
    .query<unknown, { action: number | null }>(
      "SELECT 1 FROM sample_actions WHERE id = $action AND undone_at IS NOT NULL",
    )
    .get({ action });
  if (undone === null) return;
  throw new ConflictError(
    `Decision ${id} cannot be undone: the import of its drawing was undone since, which has kept sample ${sampleId}. Correct, withdraw or delete that sample instead`,
  );
}

function requireSample(database: Database, id: string): void {
  if (findSample(database, id) === null)
    throw new ConflictError(`Sample ${id} was deleted since, so there is nothing to ask about it again`);
}

function findSample(database: Database, id: string): Sample | null {
  const raw = database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
  return raw === null ? null : sampleFromRow(raw);
}

function gone(id: string): ConflictError {
  return new ConflictError(`Decision ${id} cannot be undone: its drawing was deleted since`);
}
