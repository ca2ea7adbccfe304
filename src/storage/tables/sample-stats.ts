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
  // Maps: a label may be "constructor" or "__proto__".
  const byLabel = new Map<string, number>();
  const byLabelInTrain = new Map<string, number>();
  const stats = {
    total: 0,
    bySplit: { train: 0, holdout: 0 },
    predicted: 0,
    correct: 0,
    negatives: negatives?.n ?? 0,
  };
  for (const { label, split, predicted, n } of groups) {
    stats.total += n;
    byLabel.set(label, (byLabel.get(label) ?? 0) + n);
    stats.bySplit[split] += n;
    if (split === "train") byLabelInTrain.set(label, (byLabelInTrain.get(label) ?? 0) + n);
    if (predicted !== null) stats.predicted += n;
    if (predicted === label) stats.correct += n;
  }
  return {
    ...stats,
    byLabel: Object.fromEntries(byLabel),
    byLabelInTrain: Object.fromEntries(byLabelInTrain),
  };
}
