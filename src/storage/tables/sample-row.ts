import type { Drawing } from "../../domain/drawing.ts";
import type { NewSample, Sample, SampleState, Split } from "../../domain/sample.ts";
import { type RawRow, Row } from "../row.ts";

const SPLITS = ["train", "holdout"] as const satisfies readonly Split[];
const STATES = ["labelled", "negative", "rejected"] as const satisfies readonly SampleState[];

/** Converts a row of `samples`. @throws UnavailableError when a column has a value of another type. */
export function sampleFromRow(raw: RawRow): Sample {
  const row = new Row("samples", raw);
  return {
    id: row.text("id"),
    drawing: row.jsonOrNull<Drawing>("drawing"),
    pixels: row.bytes("pixels"),
    preprocessing: row.integer("preprocessing"),
    label: row.textOrNull("label"),
    predicted: row.textOrNull("predicted"),
    confidence: row.numberOrNull("confidence"),
    modelVersion: row.integerOrNull("model_version"),
    predictionId: row.textOrNull("prediction_id"),
    writer: row.textOrNull("writer"),
    session: row.textOrNull("session"),
    source: row.text("source"),
    split: row.oneOf("split", SPLITS),
    state: row.oneOf("state", STATES),
    createdAt: row.text("created_at"),
    updatedAt: row.text("updated_at"),
  };
}

/**
 * Returns the drawing as JSON, from which every number is read back exactly (except the sign of zero).
 * @throws {RangeError} for a number that JSON cannot represent (NaN, infinity).
 */
export function encodeDrawing(drawing: Drawing | null): string | null {
  if (drawing === null) return null;
  const { strokes, width, height } = drawing;
  return JSON.stringify({ strokes, width, height }, (key, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new RangeError(`Cannot store a drawing: every number must be finite, found ${value} at "${key}"`);
    }
    return value;
  });
}

/**
 * Returns a hash of the content that a repeated request must have in common with the first: what the client sent,
 * without what the server adds (prediction, model version, session).
 * @returns SHA-256 in lower-case hex.
 */
export function contentHash(sample: NewSample): string {
  const image = sample.drawing === null ? Buffer.from(sample.pixels).toString("base64") : null;
  const content = [sample.label, sample.writer, sample.predictionId, encodeDrawing(sample.drawing), image];
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(content)).digest("hex");
}
