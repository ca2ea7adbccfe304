import type { ReplayCounts, ReplayResult } from "../domain/trials/replay.ts";
import { signTest } from "./evidence.ts";

/** A labelled drawing with the classes that both models predict. */
export interface ReplayRow {
  label: string;
  championLabel: string;
  otherLabel: string;
  /** Whether the version was trained on it. */
  isTrainedOn: boolean;
}

/** Counts wins and losses: in total, over the drawings that the version was not trained on, and for each class. */
export function replayResult(version: number, champion: number, rows: readonly ReplayRow[]): ReplayResult {
  const total = countsOf(rows);
  const unseen = countsOf(rows.filter(({ isTrainedOn }) => !isTrainedOn));
  const byLabel = Map.groupBy(rows, ({ label }) => label);
  const classes = [...byLabel].map(([label, some]) => [label, countsOf(some)] as const);
  return {
    ...{ version, champion },
    ...total,
    p: signTest(total.otherOnly, total.championOnly),
    unseen: { ...unseen, p: signTest(unseen.otherOnly, unseen.championOnly) },
    classes: Object.fromEntries(classes.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function countsOf(rows: readonly ReplayRow[]): ReplayCounts {
  const counts = { n: rows.length, bothCorrect: 0, championOnly: 0, otherOnly: 0, neither: 0 };
  for (const { label, championLabel, otherLabel } of rows) {
    const [champion, other] = [championLabel === label, otherLabel === label];
    counts[champion ? (other ? "bothCorrect" : "championOnly") : other ? "otherOnly" : "neither"]++;
  }
  return counts;
}
