import type { PairedEvidence } from "../../domain/gate.ts";
import { bootstrapDifference } from "./bootstrap.ts";
import type { Scored, Scores } from "./gate-scores.ts";
import { countPairs, mcNemar, pairedDifference } from "./paired.ts";

/** The seed of the bootstrap: fixed, so that the same answers always give the same interval. */
const SEED = 1;

/** The name of MNIST test and pinned drawings together. */
export const REFERENCE = "reference";

/**
 * Compares two models on the same items.
 * @throws {RangeError} when they were not evaluated on the same items.
 */
export function compare(
  set: string,
  against: PairedEvidence["against"],
  candidate: Scored,
  other: Scored,
  classes: readonly string[],
): PairedEvidence {
  const { labels } = candidate;
  if (Buffer.compare(labels, other.labels) !== 0) {
    throw new RangeError(`Cannot compare on ${set}: the models were evaluated on different items`);
  }
  const counts = countPairs(labels, candidate.predicted, other.predicted);
  const change = Int8Array.from(
    labels,
    (label, i) => Number(candidate.predicted[i] === label) - Number(other.predicted[i] === label),
  );
  const { low, high } = bootstrapDifference(change, candidate.groups, SEED);
  return {
    ...{ set, against, ...counts, p: mcNemar(counts), bound: pairedDifference(counts).low, low, high },
    candidate: accuracyOf(candidate),
    other: accuracyOf(other),
    classes: recalls(candidate, other, classes),
  };
}

/** MNIST test and pinned drawings as one set; null when there is neither. */
export function referenceOf({ test, pinned }: Pick<Scores, "test" | "pinned">): Scored | null {
  if (test === null || pinned === null) return test ?? pinned;
  return {
    report: {
      n: test.report.n + pinned.report.n,
      accuracy:
        (test.report.accuracy * test.report.n + pinned.report.accuracy * pinned.report.n) /
        (test.report.n + pinned.report.n),
      per_class: [],
      // An upper limit: the error of a mixture is at most the mixture of the errors.
      calibration: {
        ece:
          (test.report.calibration.ece * test.report.n + pinned.report.calibration.ece * pinned.report.n) /
          (test.report.n + pinned.report.n),
      },
    },
    labels: joined(test.labels, pinned.labels),
    predicted: joined(test.predicted, pinned.predicted),
    groups: null,
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function accuracyOf({ labels, predicted }: Scored): number {
  return labels.length === 0 ? 0 : labels.filter((label, i) => predicted[i] === label).length / labels.length;
}

function recalls(candidate: Scored, other: Scored, classes: readonly string[]): PairedEvidence["classes"] {
  const rows = classes.map((label) => ({ label, n: 0, candidate: 0, other: 0 }));
  candidate.labels.forEach((k, i) => {
    const row = rows[k];
    if (row === undefined) return;
    row.n++;
    if (candidate.predicted[i] === k) row.candidate++;
    if (other.predicted[i] === k) row.other++;
  });
  return rows
    .filter(({ n }) => n > 0)
    .map((row) => ({ ...row, candidate: row.candidate / row.n, other: row.other / row.n }));
}
