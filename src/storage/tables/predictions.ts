import type { StoredPrediction } from "../../domain/prediction.ts";
import type { PredictionStore } from "../../domain/store.ts";
import type { Connection } from "../connection.ts";
import { type RawRow, Row } from "../row.ts";

/** Maximum number of predictions, both in the table and waiting to be written. */
export const MAX_PREDICTIONS = 10_000;

/** The table `predictions`. It has no timer: the server calls `flush` a few times a second. */
export class SqlitePredictions implements PredictionStore {
  /** Predictions that are not yet written, by id, oldest first. */
  readonly #waiting = new Map<string, StoredPrediction>();
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  add(prediction: StoredPrediction): void {
    requireConfidence(prediction);
    this.#waiting.set(prediction.id, prediction);
    if (this.#waiting.size <= MAX_PREDICTIONS) return;
    const [oldest] = this.#waiting.keys();
    this.#waiting.delete(oldest!);
  }

  async get(id: string): Promise<StoredPrediction | null> {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) return waiting;
    const raw = this.#connection.read("read a prediction", (database) =>
      database.query<RawRow, { id: string }>("SELECT * FROM predictions WHERE id = $id").get({ id }),
    );
    return raw === null ? null : predictionFromRow(raw);
  }

  /** Writes the waiting predictions in one transaction. @throws UnavailableError when it fails; they then keep waiting. */
  async flush(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const written = [...this.#waiting.values()];
    await this.#connection.write("store the predictions", (database) => {
      const insert = database.query(
        `INSERT INTO predictions (id, label, confidence, shown, shown_confidence, model_version, created_at)
         VALUES ($id, $label, $confidence, $shown, $shownConfidence, $modelVersion, $createdAt) ON CONFLICT (id) DO NOTHING`,
      );
      for (const { id, label, confidence, shown, modelVersion, createdAt } of written) {
        const memory = { shown: shown?.label ?? null, shownConfidence: shown?.confidence ?? null };
        insert.run({ id, label, confidence, ...memory, modelVersion, createdAt });
      }
      database
        .query("DELETE FROM predictions WHERE seq <= (SELECT max(seq) FROM predictions) - $max")
        .run({ max: MAX_PREDICTIONS });
    });
    for (const { id } of written) this.#waiting.delete(id);
  }
}

/** @throws {RangeError} for a confidence outside 0..1, which the table would reject later. */
export function requireConfidence({ id, confidence, shown }: StoredPrediction): void {
  for (const one of shown === null ? [confidence] : [confidence, shown.confidence]) {
    if (one >= 0 && one <= 1) continue;
    throw new RangeError(`Cannot store prediction ${id}: confidence must be in 0..1, found ${one}`);
  }
}

/** Converts a row of `predictions`. @throws UnavailableError when a column has a value of another type. */
export function predictionFromRow(raw: RawRow): StoredPrediction {
  const row = new Row("predictions", raw);
  const [shown, confidence] = [row.textOrNull("shown"), row.numberOrNull("shown_confidence")];
  return {
    id: row.text("id"),
    label: row.text("label"),
    confidence: row.number("confidence"),
    shown: shown === null || confidence === null ? null : { label: shown, confidence },
    modelVersion: row.integer("model_version"),
    createdAt: row.text("created_at"),
  };
}
