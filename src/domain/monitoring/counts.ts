import * as v from "valibot";
import { binOf, EDGES, MEASURES, type Measure, type Measured } from "./measures.ts";

/** Predictions of one model version, counted. The size is bounded by the classes and the bins, not by the predictions. */
export interface Counts {
  /** Predictions. */
  n: number;
  /** Of these, flagged as none of the classes: the model was undecided. */
  outliers: number;
  /** Sum of the confidences; divided by `n`, the mean. */
  confidenceSum: number;
  /** By predicted class. */
  classes: Map<string, number>;
  /** Counts by bin, `EDGES[measure].length + 1` of them. */
  histograms: Record<Measure, number[]>;
  /** Drawings that a challenger predicted too, and those for which it had another class. */
  trials: number;
  disagreements: number;
}

/** Returns counts of nothing. */
export function noCounts(): Counts {
  const histograms = Object.fromEntries(
    MEASURES.map((measure) => [measure, new Array<number>(EDGES[measure].length + 1).fill(0)]),
  ) as Record<Measure, number[]>;
  return { n: 0, outliers: 0, confidenceSum: 0, classes: new Map(), histograms, trials: 0, disagreements: 0 };
}

/** Counts one prediction. */
export function countPrediction(
  counts: Counts,
  prediction: { label: string; confidence: number; isOutlier: boolean },
  measured: Measured,
): void {
  counts.n += 1;
  if (prediction.isOutlier) counts.outliers += 1;
  counts.confidenceSum += prediction.confidence;
  counts.classes.set(prediction.label, (counts.classes.get(prediction.label) ?? 0) + 1);
  for (const measure of MEASURES) {
    const value = measured[measure];
    if (value !== undefined) counts.histograms[measure][binOf(EDGES[measure], value)]! += 1;
  }
}

/** Adds `more` to `counts`. */
export function addCounts(counts: Counts, more: Counts): void {
  counts.n += more.n;
  counts.outliers += more.outliers;
  counts.confidenceSum += more.confidenceSum;
  counts.trials += more.trials;
  counts.disagreements += more.disagreements;
  for (const [label, n] of more.classes) counts.classes.set(label, (counts.classes.get(label) ?? 0) + n);
  for (const measure of MEASURES) {
    const bins = counts.histograms[measure];
    more.histograms[measure].forEach((n, i) => {
      bins[i]! += n;
    });
  }
}

const count = v.pipe(v.number(), v.finite());
const StoredSchema = v.object({
  n: count,
  outliers: count,
  confidence_sum: count,
  trials: count,
  disagreements: count,
  classes: v.array(v.tuple([v.string(), count])),
  histograms: v.record(v.string(), v.array(count)),
});

/** Returns counts as the store keeps them. */
export function encodeCounts(counts: Counts): string {
  const { n, outliers, confidenceSum, trials, disagreements, classes, histograms } = counts;
  return JSON.stringify({
    ...{ n, outliers, confidence_sum: confidenceSum, trials, disagreements },
    classes: [...classes],
    histograms,
  });
}

/** Reads what `encodeCounts` wrote. A histogram with other bins, from another release, counts as empty. Never throws. */
export function decodeCounts(text: string): Counts {
  const counts = noCounts();
  const stored = v.safeParse(StoredSchema, parsed(text));
  if (!stored.success) return counts;
  const { confidence_sum: confidenceSum, classes, histograms, ...plain } = stored.output;
  for (const measure of MEASURES) {
    const bins = histograms[measure];
    if (bins?.length === counts.histograms[measure].length) counts.histograms[measure] = bins;
  }
  return { ...counts, ...plain, confidenceSum, classes: new Map(classes) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
