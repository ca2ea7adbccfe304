import type { LabelledDrawing, Trial, TrialPair } from "../domain/trials/trial.ts";
import type { TrialStore } from "../domain/trials/trial-store.ts";

/** Classifies a drawing with each version that is loaded. */
export type LabelsOf = (pixels: Uint8Array) => Promise<ReadonlyMap<number, string>>;

/** Samples that are read at a time, and pages in one turn. */
const PAGE = 64;
const PAGES = 8;

/**
 * Adds the labels that have arrived since as pairs of a running trial; more than a few hundred are left for the next turn.
 * Both models classify the stored pixels, so neither the prediction that was shown nor the one that a request names matters.
 */
export async function pairLabels(trials: TrialStore, trial: Trial, labelsOf: LabelsOf): Promise<void> {
  let after = trial.seenArrival ?? "";
  for (let page = 0; page < PAGES; page++) {
    const { labels, seen } = await trials.labelsAfter(after, PAGE);
    if (seen === null) return;
    const pairs = await Promise.all(labels.map((drawing) => pairOf(trial, drawing, labelsOf)));
    // A model that was just swapped: these labels are read again in the next turn.
    if (pairs.includes(null)) return;
    await trials.addPairs(
      trial.id,
      pairs.filter((pair) => pair !== null),
      seen,
    );
    after = seen;
  }
}

async function pairOf(
  { champion, other }: Trial,
  { id, arrival, pixels, label, writer, isPrompted }: LabelledDrawing,
  labelsOf: LabelsOf,
): Promise<TrialPair | null> {
  const labels = await labelsOf(pixels);
  const [championLabel, otherLabel] = [labels.get(champion ?? -1), labels.get(other)];
  if (championLabel === undefined || otherLabel === undefined) return null;
  return { sampleId: id, arrival, label, championLabel, otherLabel, writer, isPrompted };
}
