import type { Database } from "bun:sqlite";

/** Progress within epochs that a finished run keeps: as many points as a chart has use for. */
export const KEPT_PROGRESS = 200;
/** Log lines that a finished run keeps: the newest. */
export const KEPT_LOGS = 1_000;
/** Runs whose progress and log are kept; older ones keep only their course. */
export const RUNS_WITH_PROGRESS = 500;

/**
 * Thins out the events of a run that has ended, so that the table grows with the number of nodes and epochs and not
 * with how much a run has to say. All of the run's course stays (run_*, node_*, gate, promoted) and can be replayed,
 * as do the ends of epochs, which are progress with a `val_accuracy` or of the last of its `steps`. Of other progress
 * every n-th stays, and of the log the newest lines. Runs far back keep their course only.
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
