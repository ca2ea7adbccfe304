import { addCounts, noCounts } from "../domain/monitoring/counts.ts";
import type { DriftLimits } from "../domain/monitoring/drift.ts";
import type { CountsBucket, LabelBucket, MonitorStore } from "../domain/monitoring/monitor-store.ts";
import type { MonitorOverview, TimePoint } from "../domain/monitoring/overview.ts";
import { proportion } from "../domain/monitoring/proportion.ts";
import {
  type BucketRange,
  beginOf,
  bucketBefore,
  type MonitorWindow,
  rangeOf,
} from "../domain/monitoring/windows.ts";
import { accuracyOf } from "./accuracy.ts";
import { stateAfter } from "./drift/check.ts";

/** Writers that are listed. */
const MAX_WRITERS = 20;
/** Checks that the state follows from; an alarm that lasts longer counts as begun at the oldest of them. */
export const MAX_LISTED_CHECKS = 200;

/** Reads what monitoring reports of a window, and the drift of the live version; null without a model. */
export async function readOverview(
  store: MonitorStore,
  window: MonitorWindow,
  now: Date,
  { liveVersion, limits }: { liveVersion: number | null; limits: DriftLimits },
): Promise<MonitorOverview> {
  const range = rangeOf(window, now);
  const [buckets, cells, labelBuckets, writers, memory, checks, open, reference] = await Promise.all([
    store.counts(range),
    store.labels(range),
    range.span === "all" ? [] : store.labelBuckets(range),
    store.writers(range, MAX_WRITERS),
    store.withMemory(range),
    liveVersion === null ? [] : store.driftChecks(liveVersion, MAX_LISTED_CHECKS),
    liveVersion === null ? null : store.driftWindow(liveVersion),
    liveVersion === null ? null : store.reference(liveVersion),
  ]);
  const counts = totalOf(buckets);
  return {
    window,
    from: beginOf(range.start),
    to: now.toISOString(),
    counts,
    versions: versionsOf(buckets),
    undecided: proportion(counts.outliers, counts.n),
    disagreement: proportion(counts.disagreements, counts.trials),
    expectedAccuracy: counts.n === 0 ? null : counts.confidenceSum / counts.n,
    accuracy: accuracyOf(cells, writers),
    withMemory: {
      model: proportion(memory.modelCorrect, memory.n),
      shown: proportion(memory.shownCorrect, memory.n),
    },
    points: range.span === "all" ? [] : pointsOf(range, now, buckets, labelBuckets),
    drift: stateAfter(checks),
    checks,
    unchecked: open?.counts.n ?? 0,
    reference,
    liveVersion,
    limits,
  };
}

function totalOf(buckets: readonly CountsBucket[]) {
  const total = noCounts();
  for (const { counts } of buckets) addCounts(total, counts);
  return total;
}

function versionsOf(buckets: readonly CountsBucket[]): MonitorOverview["versions"] {
  return [...Map.groupBy(buckets, ({ modelVersion }) => modelVersion)]
    .map(([modelVersion, group]) => {
      const { n, confidenceSum, disagreements, trials } = totalOf(group);
      const confidence = n === 0 ? null : confidenceSum / n;
      return { modelVersion, n, confidence, disagreement: proportion(disagreements, trials) };
    })
    .sort((a, b) => b.modelVersion - a.modelVersion);
}

/** Every bucket of the range, with and without predictions. */
function pointsOf(
  { span, start }: BucketRange,
  now: Date,
  buckets: readonly CountsBucket[],
  labels: readonly LabelBucket[],
): TimePoint[] {
  const predicted = Map.groupBy(buckets, ({ bucket }) => bucket);
  const labelled = new Map(labels.map((one) => [one.bucket, one]));
  const names: string[] = [];
  for (let back = 0; ; back++) {
    const name = bucketBefore(span, now, back);
    if (name < start) break;
    names.unshift(name);
  }
  return names.map((name) => {
    const group = predicted.get(name) ?? [];
    const n = group.reduce((sum, { counts }) => sum + counts.n, 0);
    const confidenceSum = group.reduce((sum, { counts }) => sum + counts.confidenceSum, 0);
    return {
      at: beginOf(name) ?? "",
      predictions: n,
      confidence: n === 0 ? null : confidenceSum / n,
      labels: labelled.get(name)?.n ?? 0,
      correct: labelled.get(name)?.correct ?? 0,
    };
  });
}
