import type { Database } from "bun:sqlite";
import type { SampleStats, Split } from "../../domain/sample.ts";

interface Group {
  label: string;
  split: Split;
  predicted: string | null;
  n: number;
}

/** Counts samples; rejected ones are not included. Grouped in the order of an index, so that no rows are sorted. */
export function sampleStats(database: Database): SampleStats {
  const groups = database
    .query<Group, []>(
      `SELECT label, split, predicted, count(*) AS n FROM samples
       WHERE state = 'labelled' GROUP BY label, split, predicted`,
    )
    .all();
  const negatives = database
    .query<{ n: number }, []>("SELECT count(*) AS n FROM samples WHERE state = 'negative'")
    .get();
  const stats: SampleStats = {
    total: 0,
    byLabel: {},
    bySplit: { train: 0, holdout: 0 },
    byLabelInTrain: {},
    predicted: 0,
    correct: 0,
    negatives: negatives?.n ?? 0,
  };
  for (const { label, split, predicted, n } of groups) {
    stats.total += n;
    stats.byLabel[label] = (stats.byLabel[label] ?? 0) + n;
    stats.bySplit[split] += n;
    if (split === "train") stats.byLabelInTrain[label] = (stats.byLabelInTrain[label] ?? 0) + n;
    if (predicted !== null) stats.predicted += n;
    if (predicted === label) stats.correct += n;
  }
  return stats;
}
