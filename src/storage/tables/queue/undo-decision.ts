import type { Database } from "bun:sqlite";
import type { Actor } from "../../../domain/actor.ts";
import type { Decision } from "../../../domain/queue/question.ts";
import type { AnswerBy } from "../../../domain/queue/queue-store.ts";
import type { DrawingScores } from "../../../domain/queue/scores.ts";
import type { Sample } from "../../../domain/sample.ts";
import { ConflictError, NotFoundError } from "../../../lib/errors.ts";
import { type Saying, saying } from "../../../lib/saying.ts";
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
  if (raw === null) {
    const shown = id.slice(0, 100);
    throw new NotFoundError(`There is no decision ${shown}.`, {
      says: saying("queue.noDecision", { id: shown }),
    });
  }
  const decision = decisionFromRow(raw);
  if (decision.labeller !== by.labeller) {
    throw new ConflictError(`Decision ${id} is someone else's: only its labeller can undo it`, {
      says: saying("queue.otherLabeller", { id }),
    });
  }
  if (decision.undoneAt !== null) {
    const again = askedAgain(database, decision, now.getTime());
    if (again !== null) return again;
    throw new ConflictError(`Decision ${id} was undone already, at ${decision.undoneAt}`, {
      says: saying("queue.undoneAlready", { id, at: decision.undoneAt }),
    });
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
  if (decision.answer.kind === "discard") {
    if (!takeBackDiscarded(database, decision)) throw gone(id);
  } else {
    const sample = findDecided(database, itemId);
    if (sample === null) throw gone(id);
    requireAsLeft(decision, sample);
    const row = new Row("queue_decisions", raw);
    if (isImportUndone(database, row)) throw importUndone(id, sample.id);
    takeBackSample(database, sample, row, { actor: by.actor, at: undoneAt });
  }
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

/** Puts a discarded drawing into the pool again. @returns whether there was one. */
export function takeBackDiscarded(database: Database, { itemId }: Decision): boolean {
  const { changes } = database
    .query("UPDATE queue_drawings SET discarded_at = NULL WHERE id = $itemId AND discarded_at IS NOT NULL")
    .run({ itemId });
  return changes > 0;
}

/** Deletes the sample of a decision, and puts its drawing into the pool again. @param row of the decision. */
export function takeBackSample(
  database: Database,
  sample: Sample,
  row: Row,
  { actor, at }: { actor: Actor; at: string },
): void {
  database.query("DELETE FROM samples WHERE id = $id").run({ id: sample.id });
  addChange(database, { sampleId: sample.id, at, actor, from: sample });
  const scores = row.jsonOrNull<DrawingScores>("scores");
  insertDrawing(database, { ...sample, scores }, encodeInk(sample), row.integerOrNull("action_id"));
}

/** @throws ConflictError unless the sample is as the decision left it. */
function requireAsLeft(decision: Decision, sample: Sample): void {
  requireUnpinned(sample);
  if (isAsLeft(decision, sample)) return;
  const { id } = decision;
  const { message, says } = changeOf(sample);
  throw new ConflictError(
    `Decision ${id} cannot be undone: sample ${sample.id} has changed since, ${message}. Correct that sample instead`,
    { says: saying("queue.changedSince", { id, sample: sample.id, change: says }) },
  );
}

/** Whether label and state of a sample are as the decision left them, and nobody has confirmed the label. */
export function isAsLeft({ answer }: Decision, sample: Sample): boolean {
  const label = answer.kind === "label" ? answer.label : null;
  const state = label === null ? "negative" : "labelled";
  return sample.label === label && sample.state === state && sample.review.state !== "confirmed";
}

/** Whether the import of a decision's drawing was undone: it has no place in the pool. @param row of the decision. */
export function isImportUndone(database: Database, row: Row): boolean {
  const action = row.integerOrNull("action_id");
  return (
    database
      .query<unknown, { action: number | null }>(
        "SELECT 1 FROM sample_actions WHERE id = $action AND undone_at IS NOT NULL",
      )
      .get({ action }) !== null
  );
}

function importUndone(id: string, sampleId: string): ConflictError {
  return new ConflictError(
    `Decision ${id} cannot be undone: the import of its drawing was undone since, which has kept sample ${sampleId}. Correct, withdraw or delete that sample instead`,
    { says: saying("queue.importUndone", { id, sample: sampleId }) },
  );
}

function changeOf({ review, state, label }: Sample): { message: string; says: Saying } {
  if (review.state === "confirmed")
    return { message: "its label was confirmed", says: saying("queue.change.confirmed") };
  if (state === "rejected")
    return { message: "its label was withdrawn", says: saying("queue.change.withdrawn") };
  if (label === null) return { message: "it is none of the classes", says: saying("queue.change.none") };
  return { message: `its label is "${label}"`, says: saying("queue.change.label", { label }) };
}

function requireSample(database: Database, id: string): void {
  if (findDecided(database, id) !== null) return;
  throw new ConflictError(`Sample ${id} was deleted since, so there is nothing to ask about it again`, {
    says: saying("queue.sampleDeleted", { id }),
  });
}

/** Returns the sample that a decision has made; null when it was deleted. */
export function findDecided(database: Database, id: string): Sample | null {
  const raw = database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
  return raw === null ? null : sampleFromRow(raw);
}

function gone(id: string): ConflictError {
  return new ConflictError(`Decision ${id} cannot be undone: its drawing was deleted since`, {
    says: saying("queue.drawingDeleted", { id }),
  });
}
