import type { Database } from "bun:sqlite";

/** Number of progress events within epochs that a finished run keeps: enough points for a chart. */
export const KEPT_PROGRESS = 200;
/** Number of newest log lines that a finished run keeps. */
export const KEPT_LOGS = 1_000;
/** Number of newest runs whose progress and log are kept; older ones keep only their main events. */
export const RUNS_WITH_PROGRESS = 500;

/**
 * Removes most events of a finished run, so that the table grows with the number of nodes and epochs, not with the
 * amount of progress and log lines. All main events (run_*, node_*, gate, promoted) are kept and can be replayed, as is
 * the end of each epoch: progress with a `val_accuracy`, or of the last of its `steps`. Of other progress, every n-th
 * event is kept; of the log, the newest lines. Old runs keep only their main events.
 */
export function thinEvents(database: Database, runId: string): void {
  database
    .query(
      `WITH steps AS (
         SELECT seq, row_number() OVER (ORDER BY seq) AS i, count(*) OVER () AS n
         FROM run_events
         WHERE run_id = $runId AND type = 'progress'
           AND json_extract(data, '$.val_accuracy') IS NULL
           AND coalesce(json_extract(data, '$.step') <> json_extract(data, '$.steps'), true)
       )
       DELETE FROM run_events WHERE seq IN (
         SELECT seq FROM steps
         WHERE n > $kept AND i < n AND (i * $kept) / n = ((i - 1) * $kept) / n
       )`,
    )
    .run({ runId, kept: KEPT_PROGRESS });
  database
    .query(
      `DELETE FROM run_events WHERE run_id = $runId AND type = 'log' AND seq <= (
         SELECT seq FROM run_events WHERE run_id = $runId AND type = 'log'
         ORDER BY seq DESC LIMIT 1 OFFSET $kept
       )`,
    )
    .run({ runId, kept: KEPT_LOGS });
  database
    .query(
      `DELETE FROM run_events WHERE type IN ('progress', 'log') AND run_id = (
         SELECT id FROM runs ORDER BY seq DESC LIMIT 1 OFFSET $kept
       )`,
    )
    .run({ kept: RUNS_WITH_PROGRESS });
}
