import type { Database } from "bun:sqlite";
import type { CheckSource } from "../../../domain/queue/check-source.ts";
import { type Decision, isSameAnswer, type QueueAnswer } from "../../../domain/queue/question.ts";
import type { AnswerBy } from "../../../domain/queue/queue-store.ts";
import type { DrawingScores } from "../../../domain/queue/scores.ts";
import { ConflictError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { isId, nextId } from "../../ids.ts";
import type { RawRow } from "../../row.ts";
import { encodeInk, type SampleInserter } from "../sample-insert.ts";
import { findDrawing } from "./pool.ts";
import { findQuestion, type StoredQuestion } from "./questions.ts";
import { decisionFromRow } from "./queue-row.ts";

/** With which a decision is recorded. */
export interface Deciding {
  inserter: SampleInserter;
  checks: CheckSource<Database>;
  now: Date;
  /** The page of the grid that it is a part of; omitted for an answer to one question. */
  gridAction?: number;
}

/** Does the work of `QueueStore.answer`, within the caller's transaction. */
export function decide(
  database: Database,
  questionId: string,
  answer: QueueAnswer,
  by: AnswerBy,
  { inserter, checks, now, gridAction }: Deciding,
): { decision: Decision; isNew: boolean } {
  const question = findQuestion(database, questionId);
  if (question === null)
    return { decision: repeated(database, questionId, answer, by.labeller), isNew: false };
  const { labeller } = by;
  if (question.labeller !== labeller && question.expiresMs > now.getTime()) {
    throw new ConflictError(
      "This question belongs to someone else now, because its time had run out. Nothing was stored. Continue with the next one",
      { says: saying("queue.leasedElsewhere") },
    );
  }
  const { kind, itemId } = question;
  const left = kind === "unlabelled" ? leavePool(database, itemId, answer, by, { inserter, now }) : null;
  const decision: Decision = {
    ...{ id: decisionId(database, now), questionId, kind, labeller, answer, itemId: left?.itemId ?? itemId },
    ...{ expected: question.expected, at: now.toISOString(), undoneAt: null },
  };
  record(database, decision, left, gridAction ?? null);
  removeQuestion(database, question);
  if (kind !== "unlabelled") checks.answered(database, decision);
  return { decision, isNew: true };
}

/** A drawing that has left the pool. */
interface Left {
  itemId: string;
  scores: DrawingScores | null;
  action: number | null;
}

/** Makes a drawing a sample, or discards it. The sample keeps the drawing's id, so it does not count as drawn here. */
function leavePool(
  database: Database,
  itemId: string,
  answer: QueueAnswer,
  by: AnswerBy,
  { inserter, now }: Pick<Deciding, "inserter" | "now">,
): Left {
  const { scores, ...drawing } = findDrawing(database, itemId)!;
  const action = actionOf(database, itemId);
  if (answer.kind === "discard") {
    database
      .query("UPDATE queue_drawings SET discarded_at = $at WHERE id = $itemId")
      .run({ itemId, at: now.toISOString() });
    return { itemId, scores, action };
  }
  const isIdTaken =
    database
      .query<unknown, { itemId: string }>("SELECT 1 FROM samples WHERE id = $itemId")
      .get({ itemId }) !== null;
  const sample = inserter.insert(
    database,
    {
      ...drawing,
      id: isIdTaken ? Bun.randomUUIDv7("hex", new Date(drawing.createdAt)) : itemId,
      label: answer.kind === "label" ? answer.label : null,
      predicted: scores?.label ?? null,
      confidence: scores?.p ?? null,
      modelVersion: scores?.version ?? null,
      ...{ shown: null, predictionId: null, sitting: null },
      actor: by.actor,
      updatedAt: now.toISOString(),
    },
    encodeInk(drawing),
  );
  return { itemId: sample.id, scores, action };
}

function actionOf(database: Database, id: string): number | null {
  const row = database
    .query<{ action_id: number | null }, { id: string }>(
      "SELECT action_id FROM queue_drawings WHERE id = $id",
    )
    .get({ id });
  return row?.action_id ?? null;
}

function record(database: Database, decision: Decision, left: Left | null, gridAction: number | null): void {
  const { id, questionId, kind, labeller, itemId, at } = decision;
  database
    .query(
      `INSERT INTO queue_decisions (id, question_id, kind, labeller, answer, item_id, expected, scores, action_id, grid_action, at)
       VALUES ($id, $questionId, $kind, $labeller, $answer, $itemId, $expected, $scores, $action,
         $gridAction, $at)`,
    )
    .run({
      ...{ id, questionId, kind, labeller, itemId, gridAction, at },
      answer: JSON.stringify(decision.answer),
      expected: decision.expected === null ? null : JSON.stringify(decision.expected),
      scores: left?.scores == null ? null : JSON.stringify(left.scores),
      action: left?.action ?? null,
    });
}

function removeQuestion(database: Database, { id }: StoredQuestion): void {
  database.query("DELETE FROM queue_questions WHERE id = $id").run({ id });
}

/** Returns the decision that an answer repeats. @throws ConflictError when it repeats none. */
function repeated(database: Database, questionId: string, answer: QueueAnswer, labeller: string): Decision {
  const raw = database
    .query<RawRow, { questionId: string }>(
      "SELECT * FROM queue_decisions WHERE question_id = $questionId ORDER BY id DESC LIMIT 1",
    )
    .get({ questionId });
  if (raw === null) {
    const shown = questionId.slice(0, 100);
    throw new ConflictError(
      `There is no question ${shown}: its drawing was labelled elsewhere or removed. Nothing was stored. Continue with the next one`,
      { says: saying("queue.noQuestion", { id: shown }) },
    );
  }
  const decision = decisionFromRow(raw);
  if (decision.undoneAt !== null) {
    throw new ConflictError(
      `The answer to question ${questionId} was undone at ${decision.undoneAt}; the drawing has a new question`,
      { says: saying("queue.answerUndone", { id: questionId, at: decision.undoneAt }) },
    );
  }
  if (decision.labeller === labeller && isSameAnswer(decision.answer, answer)) return decision;
  if (decision.labeller === labeller) {
    throw new ConflictError(
      `Question ${questionId} is answered otherwise. Undo decision ${decision.id} to change the answer`,
      { says: saying("queue.answeredOtherwise", { id: questionId, decision: decision.id }) },
    );
  }
  throw new ConflictError(
    `Question ${questionId} was answered by someone else. Nothing was stored. Continue with the next one`,
    { says: saying("queue.answeredElsewhere", { id: questionId }) },
  );
}

function decisionId(database: Database, now: Date): string {
  const row = database.query<{ id: string | null }, []>("SELECT max(id) AS id FROM queue_decisions").get();
  const last = row?.id ?? null;
  return nextId({ now: () => now }, last !== null && isId(last) ? last : null);
}
