import { decodeActor } from "../../../domain/actor.ts";
import type { Drawing } from "../../../domain/drawing.ts";
import { type Decision, QUESTION_KINDS, type QueueAnswer } from "../../../domain/queue/question.ts";
import type { QueueDrawing } from "../../../domain/queue/queue-drawing.ts";
import type { DrawingScores } from "../../../domain/queue/scores.ts";
import { type RawRow, Row } from "../../row.ts";

/** Converts a row of `queue_drawings`. @throws UnavailableError when a column has a value of another type. */
export function drawingFromRow(raw: RawRow): QueueDrawing {
  const row = new Row("queue_drawings", raw);
  return {
    id: row.text("id"),
    drawing: row.jsonOrNull<Drawing>("drawing"),
    pixels: row.bytes("pixels"),
    preprocessing: row.integer("preprocessing"),
    writer: row.textOrNull("writer"),
    session: row.textOrNull("session"),
    source: row.text("source"),
    actor: decodeActor(row.textOrNull("actor")),
    createdAt: row.text("created_at"),
    scores: scoresFromRow(row),
  };
}

function scoresFromRow(row: Row): DrawingScores | null {
  const version = row.integerOrNull("version");
  if (version === null) return null;
  const second = row.textOrNull("second_label");
  const compared = row.integerOrNull("compared");
  return {
    version,
    label: row.text("label"),
    p: row.number("p"),
    second: second === null ? null : { label: second, p: row.number("second_p") },
    isNone: row.integer("is_none") === 1,
    leastConfidence: row.number("least_confidence"),
    margin: row.number("margin"),
    entropy: row.number("entropy"),
    disagreement: compared === null ? null : { with: compared, value: row.number("disagreement") },
  };
}

/** The columns of scores. */
export function scoreColumns(scores: DrawingScores | null) {
  return {
    version: scores?.version ?? null,
    label: scores?.label ?? null,
    p: scores?.p ?? null,
    secondLabel: scores?.second?.label ?? null,
    secondP: scores?.second?.p ?? null,
    isNone: scores === null ? null : Number(scores.isNone),
    leastConfidence: scores?.leastConfidence ?? null,
    margin: scores?.margin ?? null,
    entropy: scores?.entropy ?? null,
    compared: scores?.disagreement?.with ?? null,
    disagreement: scores?.disagreement?.value ?? null,
  };
}

/** Converts a row of `queue_decisions`. @throws UnavailableError when a column has a value of another type. */
export function decisionFromRow(raw: RawRow): Decision {
  const row = new Row("queue_decisions", raw);
  return {
    id: row.text("id"),
    questionId: row.text("question_id"),
    kind: row.oneOf("kind", QUESTION_KINDS),
    labeller: row.text("labeller"),
    answer: row.json<QueueAnswer>("answer"),
    itemId: row.text("item_id"),
    expected: row.jsonOrNull<QueueAnswer>("expected"),
    at: row.text("at"),
    undoneAt: row.textOrNull("undone_at"),
  };
}
