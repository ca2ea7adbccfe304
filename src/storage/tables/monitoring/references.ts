import type { Database } from "bun:sqlite";
import { decodeCounts, encodeCounts } from "../../../domain/monitoring/counts.ts";
import { type ModelReference, REFERENCE_SOURCES } from "../../../domain/monitoring/reference.ts";
import { type RawRow, Row } from "../../row.ts";

/** Returns the reference of a version, or null. */
export function storedReference(database: Database, modelVersion: number): ModelReference | null {
  const raw = database
    .query<RawRow, { modelVersion: number }>(
      "SELECT * FROM model_references WHERE model_version = $modelVersion",
    )
    .get({ modelVersion });
  if (raw === null) return null;
  const row = new Row("model_references", raw);
  return {
    modelVersion: row.integer("model_version"),
    source: row.oneOf("source", REFERENCE_SOURCES),
    drawings: row.integer("drawings"),
    builtIn: row.integer("built_in"),
    counts: decodeCounts(row.text("counts")),
    createdAt: row.text("created_at"),
  };
}

/** Stores the reference of a version, or replaces it, within the caller's transaction. */
export function putReference(database: Database, { counts, ...reference }: ModelReference): void {
  database
    .query(
      `INSERT OR REPLACE INTO model_references (model_version, source, drawings, built_in, counts, created_at)
       VALUES ($modelVersion, $source, $drawings, $builtIn, $counts, $createdAt)`,
    )
    .run({ ...reference, counts: encodeCounts(counts) });
}
