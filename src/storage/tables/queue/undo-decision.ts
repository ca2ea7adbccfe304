import type { Database } from "bun:sqlite";
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
  const { message, says } = changeOf(sample);
  throw new ConflictError(
    `Decision ${id} cannot be undone: sample ${sample.id} has changed since, ${message}. Correct that sample instead`,
    { says: saying("queue.changedSince", { id, sample: sample.id, change: says }) },
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
  if (findSample(database, id) !== null) return;
  throw new ConflictError(`Sample ${id} was deleted since, so there is nothing to ask about it again`, {
    says: saying("queue.sampleDeleted", { id }),
  });
}

function findSample(database: Database, id: string): Sample | null {
  const raw = database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
  return raw === null ? null : sampleFromRow(raw);
}

function gone(id: string): ConflictError {
  return new ConflictError(`Decision ${id} cannot be undone: its drawing was deleted since`, {
    says: saying("queue.drawingDeleted", { id }),
  });
}
