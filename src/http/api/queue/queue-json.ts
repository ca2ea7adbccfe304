import * as v from "valibot";
import { QUEUE_ORDERS, type QueueOrder } from "../../../domain/queue/order.ts";
import type { Decision, Question } from "../../../domain/queue/question.ts";
import type { QueueDrawing } from "../../../domain/queue/queue-drawing.ts";
import type { DrawingScores } from "../../../domain/queue/scores.ts";
import { ImageSchema, imageJson } from "../ink.ts";

const StrokesSchema = v.nullable(v.array(v.array(v.array(v.number()))));

const QueuePredictionSchema = v.pipe(
  v.nullable(
    v.object({
      label: v.string(),
      confidence: v.number(),
      second: v.nullable(v.object({ label: v.string(), p: v.number() })),
      is_none: v.pipe(v.boolean(), v.description("It looks like none of the classes")),
    }),
  ),
  v.description("Null while no model has scored the drawing"),
);

const ReasonSchema = v.pipe(
  v.nullable(v.object({ order: v.picklist(QUEUE_ORDERS), value: v.nullable(v.number()) })),
  v.description(
    "Why the drawing comes now: the measure of the order. Null for a drawing that was not scored, and in the order `newest`",
  ),
);

/** A question as a labeller gets it. */
export const QuestionSchema = v.pipe(
  v.object({
    id: v.string(),
    width: v.nullable(v.number()),
    height: v.nullable(v.number()),
    strokes: v.pipe(StrokesSchema, v.description("Null when only pixels were sent")),
    image: ImageSchema,
    prediction: QueuePredictionSchema,
    reason: ReasonSchema,
  }),
  v.metadata({ ref: "QueueQuestion" }),
);

/** Converts a question; its kind stays here. @param order in which the labeller gets the questions. */
export function questionJson({ id, drawing, pixels, scores }: Question, order: QueueOrder) {
  return {
    id,
    ...inkJson(drawing, pixels),
    prediction: predictionJson(scores),
    reason: reasonOf(scores, order),
  };
}

function inkJson(drawing: Question["drawing"], pixels: Uint8Array) {
  return {
    width: drawing?.width ?? null,
    height: drawing?.height ?? null,
    strokes: drawing?.strokes ?? null,
    image: imageJson(pixels),
  };
}

function predictionJson(scores: DrawingScores | null): v.InferOutput<typeof QueuePredictionSchema> {
  if (scores === null) return null;
  return { label: scores.label, confidence: scores.p, second: scores.second, is_none: scores.isNone };
}

function reasonOf(scores: DrawingScores | null, order: QueueOrder): v.InferOutput<typeof ReasonSchema> {
  if (order === "newest") return null;
  if (order === "diversity") return { order, value: null };
  if (scores === null) return null;
  const values = {
    least_confidence: scores.leastConfidence,
    margin: scores.margin,
    entropy: scores.entropy,
    disagreement: scores.disagreement?.value ?? null,
  };
  return values[order] === null ? null : { order, value: values[order] };
}

/** A drawing of the pool, as lists show it. */
export const QueueDrawingSchema = v.pipe(
  v.object({
    id: v.string(),
    writer: v.nullable(v.string()),
    session: v.nullable(v.string()),
    source: v.string(),
    created_at: v.string(),
    model_version: v.pipe(v.nullable(v.number()), v.description("The version that has scored it last")),
    prediction: QueuePredictionSchema,
    image: ImageSchema,
  }),
  v.metadata({ ref: "QueueDrawing" }),
);

/** Converts a drawing of the pool. */
export function queueDrawingJson(drawing: QueueDrawing): v.InferOutput<typeof QueueDrawingSchema> {
  return {
    id: drawing.id,
    writer: drawing.writer,
    session: drawing.session,
    source: drawing.source,
    created_at: drawing.createdAt,
    model_version: drawing.scores?.version ?? null,
    prediction: predictionJson(drawing.scores),
    image: imageJson(drawing.pixels),
  };
}

const ExpectedSchema = v.union([
  v.object({ label: v.string() }),
  v.object({ none: v.literal(true) }),
  v.object({ discard: v.literal(true) }),
]);

/** The response to an answer. */
export const AnsweredSchema = v.pipe(
  v.object({
    decision: v.object({ id: v.string() }),
    was_check: v.pipe(
      v.nullable(v.object({ kind: v.literal("known"), right: v.boolean(), expected: ExpectedSchema })),
      v.description("The drawing was one whose label is known; null for every other"),
    ),
  }),
  v.metadata({ ref: "QueueAnswered" }),
);

/** Converts a decision for its labeller. @param isRight whether the answer is the expected one. */
export function answeredJson(
  { id, kind, expected }: Decision,
  isRight: boolean,
): v.InferOutput<typeof AnsweredSchema> {
  if (kind !== "known" || expected === null) return { decision: { id }, was_check: null };
  const json =
    expected.kind === "label"
      ? { label: expected.label }
      : expected.kind === "none"
        ? { none: true as const }
        : { discard: true as const };
  return { decision: { id }, was_check: { kind, right: isRight, expected: json } };
}
