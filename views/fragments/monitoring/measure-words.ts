import type { DriftMeasure } from "../../../src/domain/monitoring/drift.ts";
import { EDGES, type Measure } from "../../../src/domain/monitoring/measures.ts";
import type { HistogramBin } from "../../charts/histogram-chart.tsx";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";

const NAMES: Readonly<Record<Measure | DriftMeasure, MessageKey>> = {
  classes: "monitoring.measure.classes",
  confidence: "monitoring.measure.confidence",
  entropy: "monitoring.measure.entropy",
  ink: "monitoring.measure.ink",
  stroke_width: "monitoring.measure.strokeWidth",
  aspect: "monitoring.measure.aspect",
  slant: "monitoring.measure.slant",
  outlier_score: "monitoring.measure.outlierScore",
  latency: "monitoring.measure.latency",
};

/** The name of a measure, with its unit. */
export function measureName(text: Text, measure: Measure | DriftMeasure): string {
  return text.t(NAMES[measure]);
}

/** The bins of a histogram in words. @param reference counts of the same bins, or null. */
export function binsOf(
  text: Text,
  measure: Measure,
  counts: readonly number[],
  reference: readonly number[] | null,
): HistogramBin[] {
  const edges = EDGES[measure].map((edge) => edgeWords(text, measure, edge));
  return counts.map((n, i) => {
    const from = edges[i - 1];
    const to = edges[i];
    return {
      name: from === undefined ? `< ${to}` : to === undefined ? `≥ ${from}` : `${from} – ${to}`,
      short: from ?? "",
      n,
      reference: reference?.[i] ?? null,
    };
  });
}

function edgeWords({ percent, number }: Text, measure: Measure, edge: number): string {
  switch (measure) {
    case "confidence":
      return percent(edge, edge > 0.99 ? 1 : 0);
    case "ink":
      return percent(edge, 0);
    case "aspect":
      return number(2 ** edge, 2);
    default:
      return number(edge, Number.isInteger(edge) ? 0 : Math.abs(edge) < 0.1 ? 3 : 2);
  }
}

/** The mix of classes as bins, in the order of their names. */
export function classBins(
  counts: ReadonlyMap<string, number>,
  reference: ReadonlyMap<string, number> | null,
): HistogramBin[] {
  const labels = [...new Set([...counts.keys(), ...(reference?.keys() ?? [])])].sort();
  return labels.map((label) => ({
    name: label,
    short: label,
    n: counts.get(label) ?? 0,
    reference: reference === null ? null : (reference.get(label) ?? 0),
  }));
}
