import type { LabelCell, WriterCell } from "../domain/monitoring/monitor-store.ts";
import type { AccuracyOf, LiveAccuracy } from "../domain/monitoring/overview.ts";
import { proportion } from "../domain/monitoring/proportion.ts";

/** Returns accuracy on labelled drawings, with intervals, in total and by class, version and writer. */
export function accuracyOf(cells: readonly LabelCell[], writers: readonly WriterCell[]): LiveAccuracy {
  const n = cells.reduce((sum, cell) => sum + cell.n, 0);
  const confidence = cells.reduce((sum, cell) => sum + cell.confidenceSum, 0);
  return {
    all: proportion(correctOf(cells), n),
    confidence: n === 0 ? null : confidence / n,
    classes: accuracyBy(cells, ({ label }) => label).sort((a, b) => compareNames(a.key, b.key)),
    versions: accuracyBy(cells, ({ modelVersion }) => modelVersion).sort((a, b) => b.key - a.key),
    writers: writers.map(({ writer, n: of, correct }) => ({
      key: writer,
      accuracy: proportion(correct, of),
    })),
  };
}

function accuracyBy<Key>(cells: readonly LabelCell[], keyOf: (cell: LabelCell) => Key): AccuracyOf<Key>[] {
  return [...Map.groupBy(cells, keyOf)].map(([key, group]) => ({
    key,
    accuracy: proportion(
      correctOf(group),
      group.reduce((sum, cell) => sum + cell.n, 0),
    ),
  }));
}

function correctOf(cells: readonly LabelCell[]): number {
  return cells.reduce((sum, { label, predicted, n }) => sum + (label === predicted ? n : 0), 0);
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
