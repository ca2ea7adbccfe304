import type { Database } from "bun:sqlite";
import { addCounts, type Counts, decodeCounts, encodeCounts } from "../../../domain/monitoring/counts.ts";
import type { CountsBucket, HourCounts } from "../../../domain/monitoring/monitor-store.ts";
import { type BucketRange, bucketOf, SPANS, type Span } from "../../../domain/monitoring/windows.ts";
import { type RawRow, Row } from "../../row.ts";

/** Adds counts to the tables' hours, days and versions, within the caller's transaction. */
export function addToBuckets(database: Database, hours: readonly HourCounts[]): void {
  for (const { hour, modelVersion, counts } of hours)
    for (const span of SPANS) addTo(database, span, bucketOf(span, hour), modelVersion, counts);
}

function addTo(database: Database, span: Span, start: string, modelVersion: number, more: Counts): void {
  const key = { span, start, modelVersion };
  const row = database
    .query<{ counts: string }, typeof key>(
      "SELECT counts FROM monitor_counts WHERE span = $span AND start = $start AND model_version = $modelVersion",
    )
    .get(key);
  const sum = row === null ? more : decodeCounts(row.counts);
  if (row !== null) addCounts(sum, more);
  database
    .query(
      `INSERT INTO monitor_counts (span, start, model_version, counts) VALUES ($span, $start, $modelVersion, $counts)
       ON CONFLICT DO UPDATE SET counts = excluded.counts`,
    )
    .run({ ...key, counts: encodeCounts(sum) });
}

/** Returns the buckets of a range, oldest first. */
export function countsIn(database: Database, { span, start }: BucketRange): CountsBucket[] {
  return database
    .query<RawRow, { span: string; start: string }>(
      "SELECT * FROM monitor_counts WHERE span = $span AND start >= $start ORDER BY start, model_version",
    )
    .all({ span, start })
    .map((raw) => {
      const row = new Row("monitor_counts", raw);
      return {
        bucket: row.text("start"),
        modelVersion: row.integer("model_version"),
        counts: decodeCounts(row.text("counts")),
      };
    });
}

/** Removes the hours and days before these, within the caller's transaction. */
export function pruneBuckets(database: Database, before: { hour: string; day: string }): void {
  for (const table of ["monitor_counts", "monitor_labels", "monitor_writers", "monitor_shown"]) {
    const remove = database.query(`DELETE FROM ${table} WHERE span = $span AND start < $start`);
    remove.run({ span: "hour", start: before.hour });
    remove.run({ span: "day", start: before.day });
  }
}
