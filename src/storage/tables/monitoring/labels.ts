import type { Database } from "bun:sqlite";
import type {
  LabelBucket,
  LabelCell,
  MemoryCell,
  WriterCell,
} from "../../../domain/monitoring/monitor-store.ts";
import type { BucketRange } from "../../../domain/monitoring/windows.ts";

/** Returns the labelled predictions of a range by version, label and prediction. Triggers of `samples` count them. */
export function labelCells(database: Database, { span, start }: BucketRange): LabelCell[] {
  return database
    .query<Omit<LabelCell, "confidenceSum"> & { ppm: number }, { span: string; start: string }>(
      `SELECT model_version AS modelVersion, label, predicted, sum(n) AS n, sum(confidence_ppm) AS ppm
       FROM monitor_labels WHERE span = $span AND start >= $start GROUP BY 1, 2, 3`,
    )
    .all({ span, start })
    .map(({ ppm, ...cell }) => ({ ...cell, confidenceSum: ppm / 1_000_000 }));
}

/** Returns the labelled predictions of a range by bucket, oldest first. */
export function labelBuckets(database: Database, { span, start }: BucketRange): LabelBucket[] {
  return database
    .query<LabelBucket, { span: string; start: string }>(
      `SELECT start AS bucket, sum(n) AS n, sum(CASE WHEN label = predicted THEN n ELSE 0 END) AS correct
       FROM monitor_labels WHERE span = $span AND start >= $start GROUP BY start ORDER BY start`,
    )
    .all({ span, start });
}

/** Returns the writers with the most labelled predictions in a range. */
export function writerCells(database: Database, { span, start }: BucketRange, limit: number): WriterCell[] {
  return database
    .query<{ writer: string; n: number; correct: number }, { span: string; start: string; limit: number }>(
      `SELECT writer, sum(n) AS n, sum(correct) AS correct FROM monitor_writers
       WHERE span = $span AND start >= $start GROUP BY writer ORDER BY 2 DESC, writer LIMIT $limit`,
    )
    .all({ span, start, limit })
    .map(({ writer, ...cell }) => ({ writer: writer === "" ? null : writer, ...cell }));
}

/** Returns the labelled drawings of a range that were predicted with memory. Triggers of `samples` count them. */
export function memoryCell(database: Database, { span, start }: BucketRange): MemoryCell {
  return database
    .query<MemoryCell, { span: string; start: string }>(
      `SELECT coalesce(sum(n), 0) AS n, coalesce(sum(model_correct), 0) AS modelCorrect,
              coalesce(sum(shown_correct), 0) AS shownCorrect
       FROM monitor_shown WHERE span = $span AND start >= $start`,
    )
    .get({ span, start })!;
}
