import type { Database } from "bun:sqlite";
import { encodeActor } from "../../domain/actor.ts";
import type { Sample } from "../../domain/sample.ts";
import { encodeDrawing, identityOf, imageIdentity } from "../../domain/samples/drawing-identity.ts";
import { givenLabel, type ImportSample } from "../../domain/samples/sample-import.ts";
import type { Clock } from "../../lib/clock.ts";
import { isId, nextId } from "../ids.ts";
import { addChange } from "./lineage/sample-changes.ts";
import { splitOf } from "./splits.ts";

const INSERT = `
  INSERT INTO samples (id, arrival, identity, image_identity, drawing, pixels, preprocessing, label, predicted, confidence,
    model_version, prediction_id, writer, session, sitting, shown, source, actor, split, state, idempotency_key, content_sha256,
    created_at, updated_at)
  VALUES ($id, $arrival, $identity, $imageIdentity, $drawing, $pixels, $preprocessing, $label, $predicted, $confidence,
    $modelVersion, $predictionId, $writer, $session, $sitting, $shown, $source, $actor, $split, $state, $key, $hash, $createdAt,
    $updatedAt)`;

const PIXELS = 784;

/** The ink of a sample as it is stored. */
export interface EncodedInk {
  /** JSON; null when there are only pixels. */
  drawing: string | null;
  pixels: Uint8Array;
  identity: Uint8Array;
  /** The identity of the image of a drawing with strokes; null without strokes, where it is `identity`. */
  imageIdentity: Uint8Array | null;
}

/**
 * Encodes the ink of a sample.
 * @throws {RangeError} when there are not 784 pixels or the drawing has a number that is not finite.
 */
export function encodeInk({ drawing, pixels }: Pick<Sample, "drawing" | "pixels">): EncodedInk {
  if (pixels.length !== PIXELS) {
    throw new RangeError(`Cannot store a sample: expected ${PIXELS} bytes of pixels, found ${pixels.length}`);
  }
  const json = drawing === null ? null : encodeDrawing(drawing);
  return {
    ...{ drawing: json, pixels },
    identity: identityOf(json, pixels),
    imageIdentity: json === null ? null : imageIdentity(pixels),
  };
}

/** Inserts samples within the caller's transaction. Remembers the greatest arrival, so that arrivals always increase. */
export class SampleInserter {
  #floor: string | null = null;
  readonly #clock: Clock;
  readonly #holdoutFraction: number;

  constructor(clock: Clock, holdoutFraction: number) {
    this.#clock = clock;
    this.#holdoutFraction = holdoutFraction;
  }

  /**
   * Inserts a sample whose drawing and id are not stored yet.
   * @param repeat the idempotency key of the request, with the hash of its content. @param action that it is a part of.
   */
  insert(
    database: Database,
    row: ImportSample,
    ink: EncodedInk,
    repeat: { key: string; hash: string } | null = null,
    action: number | null = null,
  ): Sample {
    const now = this.#clock.now().toISOString();
    const arrival = nextId(this.#clock, this.#greatestArrival(database));
    const { id = arrival, createdAt = now, updatedAt = createdAt } = row;
    const split = splitOf(database, row, { ...ink, createdAt }, this.#holdoutFraction);
    const review = { state: null, by: null, leftBy: null, runId: null, reading: null, p: null };
    const stored = { id, arrival, split, createdAt, updatedAt, ...givenLabel(row) };
    database.query(INSERT).run({
      ...stored,
      ...ink,
      preprocessing: row.preprocessing,
      predicted: row.predicted,
      confidence: row.confidence,
      modelVersion: row.modelVersion,
      predictionId: row.predictionId,
      writer: row.writer,
      session: row.session,
      sitting: row.sitting,
      shown: row.shown,
      source: row.source,
      actor: row.actor === null ? null : encodeActor(row.actor),
      key: repeat?.key ?? null,
      hash: repeat?.hash ?? null,
    });
    const { label, state } = stored;
    addChange(database, {
      ...{ sampleId: id, at: now, actor: row.actor, to: { label, state } },
      ...(action !== null && { action: { id: action, reviewFrom: null } }),
    });
    this.#floor = arrival;
    return { ...row, ...stored, review };
  }

  /** Includes samples of other processes, and deleted samples that a run has seen. */
  #greatestArrival(database: Database): string | null {
    const row = database
      .query<{ sample: string | null; seen: string | null }, []>(
        "SELECT (SELECT max(arrival) FROM samples) AS sample, (SELECT max(last_sample_id) FROM runs) AS seen",
      )
      .get();
    const ids = [this.#floor, row?.sample, row?.seen].filter((id) => typeof id === "string" && isId(id));
    return ids.sort().at(-1) ?? null;
  }
}
