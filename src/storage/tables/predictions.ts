import type { StoredPrediction } from "../../domain/prediction.ts";
import type { PredictionStore } from "../../domain/store.ts";
import type { Connection } from "../connection.ts";
import { type RawRow, Row } from "../row.ts";

/** How many are kept, in the table and while they wait to be written. */
export const MAX_PREDICTIONS = 10_000;

/** The table `predictions`. Owns no timer: whoever composes the server calls `flush` a few times a second. */
export class SqlitePredictions implements PredictionStore {
  /** By id, oldest first: not written yet. */
  private waiting = new Map<string, StoredPrediction>();

  constructor(private readonly connection: Connection) {}

  /** @throws {RangeError} on a confidence outside 0..1, which the table would refuse later. */
  add(prediction: StoredPrediction): void {
    if (!(prediction.confidence >= 0 && prediction.confidence <= 1)) {
      throw new RangeError(
        `Cannot store prediction ${prediction.id}: confidence must be in 0..1, found ${prediction.confidence}`,
      );
    }
    this.waiting.set(prediction.id, prediction);
    if (this.waiting.size <= MAX_PREDICTIONS) return;
    const [oldest] = this.waiting.keys();
    this.waiting.delete(oldest!);
  }

  async get(id: string): Promise<StoredPrediction | null> {
    const waiting = this.waiting.get(id);
    if (waiting !== undefined) return waiting;
    const raw = this.connection.read("read a prediction", (database) =>
      database.query<RawRow, { id: string }>("SELECT * FROM predictions WHERE id = $id").get({ id }),
    );
    return raw === null ? null : predictionFromRow(raw);
  }

  /** Writes what waits, in one transaction; what cannot be written waits on. @throws UnavailableError. */
  async flush(): Promise<void> {
    if (this.waiting.size === 0) return;
    this.connection.write("store the predictions", (database) => {
      const insert = database.query(
        `INSERT INTO predictions (id, label, confidence, model_version, created_at)
         VALUES ($id, $label, $confidence, $modelVersion, $createdAt) ON CONFLICT (id) DO NOTHING`,
      );
      for (const { id, label, confidence, modelVersion, createdAt } of this.waiting.values()) {
        insert.run({ id, label, confidence, modelVersion, createdAt });
      }
      database
        .query("DELETE FROM predictions WHERE seq <= (SELECT max(seq) FROM predictions) - $max")
        .run({ max: MAX_PREDICTIONS });
    });
    this.waiting = new Map();
  }
}

function predictionFromRow(raw: RawRow): StoredPrediction {
  const row = new Row("predictions", raw);
  return {
    id: row.text("id"),
    label: row.text("label"),
    confidence: row.number("confidence"),
    modelVersion: row.integer("model_version"),
    createdAt: row.text("created_at"),
  };
}
