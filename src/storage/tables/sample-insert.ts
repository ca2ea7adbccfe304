import type { Database } from "bun:sqlite";
import type { NewSample, Sample, SampleState } from "../../domain/sample.ts";
import type { Clock } from "../../lib/clock.ts";
import { ConflictError } from "../../lib/errors.ts";
import { isId, nextId } from "../ids.ts";
import { contentHash, encodeDrawing, sampleFromRow } from "./sample-row.ts";
import { splitOf } from "./splits.ts";

const INSERT = `
  INSERT INTO samples (id, drawing, pixels, preprocessing, label, predicted, confidence, model_version,
    prediction_id, writer, session, source, split, state, idempotency_key, content_sha256, created_at, updated_at)
  VALUES ($id, $drawing, $pixels, $preprocessing, $label, $predicted, $confidence, $modelVersion,
    $predictionId, $writer, $session, $source, $split, $state, $key, $hash, $createdAt, $createdAt)`;

const PIXELS = 784;

/** Inserts samples within the caller's transaction. Remembers the greatest known id, so that ids always increase. */
export class SampleInserter {
  #floor: string | null = null;
  readonly #clock: Clock;
  readonly #holdoutFraction: number;

  constructor(clock: Clock, holdoutFraction: number) {
    this.#clock = clock;
    this.#holdoutFraction = holdoutFraction;
  }

  /**
   * Inserts a sample, or returns the one stored earlier with the same idempotency key.
   * @throws {RangeError} when there are not 784 pixels or the drawing has a number that is not finite.
   * @throws ConflictError when `idempotencyKey` was used with other content.
   */
  insert(
    database: Database,
    sample: NewSample,
    idempotencyKey: string | null,
  ): { sample: Sample; isNew: boolean } {
    const hash = idempotencyKey === null ? null : contentHash(sample);
    const stored = idempotencyKey === null ? null : findByKey(database, idempotencyKey, hash);
    if (stored !== null) return { sample: stored, isNew: false };
    if (sample.pixels.length !== PIXELS) {
      throw new RangeError(
        `Cannot store a sample: expected ${PIXELS} bytes of pixels, found ${sample.pixels.length}`,
      );
    }
    const createdAt = this.#clock.now().toISOString();
    const id = nextId(this.#clock, this.#greatestId(database));
    const state: SampleState = sample.label === null ? "negative" : "labelled";
    const split = splitOf(database, { ...sample, id, createdAt }, this.#holdoutFraction);
    database.query(INSERT).run({
      id,
      drawing: encodeDrawing(sample.drawing),
      pixels: sample.pixels,
      preprocessing: sample.preprocessing,
      label: sample.label,
      predicted: sample.predicted,
      confidence: sample.confidence,
      modelVersion: sample.modelVersion,
      predictionId: sample.predictionId,
      writer: sample.writer,
      session: sample.session,
      source: sample.source,
      split,
      state,
      key: idempotencyKey,
      hash,
      createdAt,
    });
    this.#floor = id;
    return {
      sample: { ...sample, id, split, state, createdAt, updatedAt: createdAt },
      isNew: true,
    };
  }

  /** Includes samples of other processes, and deleted samples that a run has seen. */
  #greatestId(database: Database): string | null {
    const row = database
      .query<{ sample: string | null; seen: string | null }, []>(
        "SELECT (SELECT max(id) FROM samples) AS sample, (SELECT max(last_sample_id) FROM runs) AS seen",
      )
      .get();
    const ids = [this.#floor, row?.sample, row?.seen].filter((id) => typeof id === "string" && isId(id));
    return ids.sort().at(-1) ?? null;
  }
}

function findByKey(database: Database, key: string, hash: string | null): Sample | null {
  const row = database
    .query<Record<string, unknown>, { key: string }>("SELECT * FROM samples WHERE idempotency_key = $key")
    .get({ key });
  if (row === null) return null;
  if (row.content_sha256 === hash) return sampleFromRow(row);
  throw new ConflictError(
    `Idempotency key "${key}" was used for another sample (${String(row.id)}). Use a new key for new content`,
  );
}
