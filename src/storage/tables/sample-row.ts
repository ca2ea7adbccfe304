import { decodeActor } from "../../domain/actor.ts";
import type { Drawing } from "../../domain/drawing.ts";
import { type NewSample, SAMPLE_STATES, type Sample, SPLITS } from "../../domain/sample.ts";
import { encodeDrawing } from "../../domain/samples/drawing-identity.ts";
import { IN_REVIEW, REVIEWS, type SampleReview } from "../../domain/samples/review.ts";
import { type RawRow, Row } from "../row.ts";

/** Converts a row of `samples`. @throws UnavailableError when a column has a value of another type. */
export function sampleFromRow(raw: RawRow): Sample {
  const row = new Row("samples", raw);
  return {
    id: row.text("id"),
    arrival: row.text("arrival"),
    drawing: row.jsonOrNull<Drawing>("drawing"),
    pixels: row.bytes("pixels"),
    preprocessing: row.integer("preprocessing"),
    label: row.textOrNull("label"),
    predicted: row.textOrNull("predicted"),
    confidence: row.numberOrNull("confidence"),
    shown: row.textOrNull("shown"),
    modelVersion: row.integerOrNull("model_version"),
    predictionId: row.textOrNull("prediction_id"),
    writer: row.textOrNull("writer"),
    session: row.textOrNull("session"),
    sitting: row.textOrNull("sitting"),
    source: row.text("source"),
    actor: decodeActor(row.textOrNull("actor")),
    split: row.oneOf("split", SPLITS),
    state: row.oneOf("state", SAMPLE_STATES),
    review: reviewFromRow(row),
    createdAt: row.text("created_at"),
    updatedAt: row.text("updated_at"),
  };
}

function reviewFromRow(row: Row): SampleReview {
  const state = row.textOrNull("review") === null ? null : row.oneOf("review", REVIEWS);
  const reading = row.textOrNull("review_reading");
  const leftBy = state === "suspect" ? decodeActor(row.textOrNull("review_by")) : null;
  const reviewer = row.integerOrNull("review_opinion") === null ? "model" : "opinion";
  return {
    state,
    by: IN_REVIEW.some((one) => one === state) ? (leftBy === null ? reviewer : "person") : null,
    leftBy,
    runId: row.textOrNull("review_run"),
    reading,
    // Without a reading, the column has the place in the queue only.
    p: reading === null ? null : row.numberOrNull("review_p"),
  };
}

/**
 * Returns a hash of the content that a repeated request must have in common with the first: what the client sent,
 * without what the server adds (predictions, model version, session, sitting).
 * @returns SHA-256 in lower-case hex.
 */
export function contentHash(sample: NewSample): string {
  const { drawing, pixels } = sample;
  const ink =
    drawing === null ? [null, Buffer.from(pixels).toString("base64")] : [encodeDrawing(drawing), null];
  const content = [sample.label, sample.writer, sample.predictionId, ...ink];
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(content)).digest("hex");
}
