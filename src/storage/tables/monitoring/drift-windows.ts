import type { Database } from "bun:sqlite";
import { addCounts, decodeCounts, encodeCounts } from "../../../domain/monitoring/counts.ts";
import { type Divergence, type DriftCheck, decodeDivergences } from "../../../domain/monitoring/drift.ts";
import type { DriftWindow, HourCounts } from "../../../domain/monitoring/monitor-store.ts";
import { type RawRow, Row } from "../../row.ts";

/** Maximum number of checks of all versions. */
const MAX_CHECKS = 1_000;

/** Adds counts to the open windows of their versions, within the caller's transaction. */
export function addToWindows(database: Database, hours: readonly HourCounts[], now: string): void {
  for (const { modelVersion, counts } of hours) {
    const open = openWindow(database, modelVersion);
    if (open === null) {
      database
        .query(
          "INSERT INTO drift_windows (model_version, opened_at, updated_at, counts) VALUES ($modelVersion, $now, $now, $counts)",
        )
        .run({ modelVersion, now, counts: encodeCounts(counts) });
      continue;
    }
    addCounts(open.counts, counts);
    database
      .query("UPDATE drift_windows SET counts = $counts, updated_at = $now WHERE id = $id")
      .run({ id: open.id, now, counts: encodeCounts(open.counts) });
  }
}

/** Returns the open window of a version, or null. */
export function openWindow(database: Database, modelVersion: number): DriftWindow | null {
  const raw = database
    .query<RawRow, { modelVersion: number }>(
      "SELECT * FROM drift_windows WHERE model_version = $modelVersion AND divergences IS NULL",
    )
    .get({ modelVersion });
  if (raw === null) return null;
  const row = new Row("drift_windows", raw);
  return {
    id: row.integer("id"),
    modelVersion,
    openedAt: row.text("opened_at"),
    updatedAt: row.text("updated_at"),
    counts: decodeCounts(row.text("counts")),
  };
}

/** Ends a window with its divergences, within the caller's transaction. The oldest checks are dropped. */
export function closeWindow(database: Database, id: number, divergences: readonly Divergence[]): void {
  database
    .query("UPDATE drift_windows SET divergences = $divergences WHERE id = $id AND divergences IS NULL")
    .run({ id, divergences: JSON.stringify(divergences) });
  database
    .query("DELETE FROM drift_windows WHERE id <= (SELECT max(id) FROM drift_windows) - $max")
    .run({ max: MAX_CHECKS });
}

/** Returns the checks of a version, newest first. */
export function windowChecks(database: Database, modelVersion: number, limit: number): DriftCheck[] {
  return database
    .query<RawRow, { modelVersion: number; limit: number }>(
      `SELECT id, model_version, opened_at, updated_at, divergences, counts ->> '$.n' AS n FROM drift_windows
       WHERE model_version = $modelVersion AND divergences IS NOT NULL ORDER BY id DESC LIMIT $limit`,
    )
    .all({ modelVersion, limit })
    .map((raw) => {
      const row = new Row("drift_windows", raw);
      return {
        id: row.integer("id"),
        modelVersion,
        from: row.text("opened_at"),
        to: row.text("updated_at"),
        n: row.integer("n"),
        divergences: decodeDivergences(row.json<object>("divergences")),
      };
    });
}
