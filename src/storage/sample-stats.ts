import type { Database } from "bun:sqlite";
import type { SampleStats, Split } from "./store.ts";

interface Group {
  label: string;
  split: Split;
  is_predicted: number;
  is_correct: number;
  n: number;
}

/** Counts of the labelled samples: rejected ones are in none of them. */
export function sampleStats(database: Database): SampleStats {
  const groups = database
    .query<Group, []>(
      `SELECT label, split, predicted IS NOT NULL AS is_predicted, predicted IS label AS is_correct, count(*) AS n
       FROM samples WHERE state = 'labelled' GROUP BY 1, 2, 3, 4 ORDER BY label`,
    )
    .all();
  const stats: SampleStats = {
    total: 0,
    byLabel: {},
    bySplit: { train: 0, holdout: 0 },
    predicted: 0,
    correct: 0,
  };
  for (const { label, split, is_predicted, is_correct, n } of groups) {
    stats.total += n;
    stats.byLabel[label] = (stats.byLabel[label] ?? 0) + n;
    stats.bySplit[split] += n;
    stats.predicted += is_predicted * n;
    stats.correct += is_correct * n;
  }
  return stats;
}
