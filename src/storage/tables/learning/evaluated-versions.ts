import type { Database } from "bun:sqlite";
import { decodeGate } from "../../../domain/gate.ts";
import type { EvaluatedVersion } from "../../../domain/learning/learning-store.ts";
import { MODEL_STATES } from "../../../domain/model.ts";
import { type RawRow, Row } from "../../row.ts";

/**
 * Returns the versions whose runs the gate evaluated, newest first. Their metrics, which are large, are not read. A
 * record of the gate that this release cannot read is left out.
 */
export function evaluatedVersions(database: Database, limit: number): EvaluatedVersion[] {
  return database
    .query<RawRow, { limit: number }>(
      `SELECT models.version, models.run_id, models.created_at, models.state, models.deleted_at, models.gate,
         run_data.counts
       FROM models LEFT JOIN run_data ON run_data.run_id = models.run_id
       WHERE models.gate IS NOT NULL AND models.run_id IS NOT NULL ORDER BY models.version DESC LIMIT $limit`,
    )
    .all({ limit })
    .flatMap((raw) => {
      const row = new Row("models", raw);
      const gate = decodeGate(row.json("gate"));
      if (gate === null) return [];
      return {
        version: row.integer("version"),
        runId: row.text("run_id"),
        createdAt: row.text("created_at"),
        state: row.textOrNull("deleted_at") === null ? row.oneOf("state", MODEL_STATES) : "deleted",
        data: row.jsonOrNull<NonNullable<EvaluatedVersion["data"]>>("counts"),
        gate,
      };
    });
}
