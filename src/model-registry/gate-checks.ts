import type { GateRecord } from "../domain/gate.ts";
import { saying as says } from "../lib/saying.ts";
import { count, percent, points } from "./figures.ts";
import type { GateParams, Report } from "./gate-scores.ts";

type Check = GateRecord["checks"][number];

/** Comparisons tolerate rounding errors up to this size: a 10,000,000th of one image in 100. */
const TOLERANCE = 1e-9;

/** The candidate's accuracy on the MNIST test set must be at least `threshold`, 0..1. */
export function thresholdCheck(candidate: Report, threshold: number): Check {
  const name = "MNIST accuracy";
  if (!isMeasured(candidate)) return missing(name);
  return {
    name,
    passed: candidate.accuracy >= threshold - TOLERANCE,
    detail: `The candidate classifies ${percent(candidate.accuracy)} of ${count(candidate.n)} MNIST test images correctly; at least ${percent(threshold)} is required`,
    says: says("threshold", { candidate: candidate.accuracy, n: candidate.n, asked: threshold }),
  };
}

/** The accuracy on the MNIST test set must not fall by more than `maxForgetting`, 0..1. */
export function forgettingCheck(champion: Report, candidate: Report, maxForgetting: number): Check {
  const name = "MNIST not forgotten";
  if (!isMeasured(champion) || !isMeasured(candidate)) return missing(name);
  if (champion.n !== candidate.n) return differentSets(name, champion, candidate);
  const drop = champion.accuracy - candidate.accuracy;
  return {
    name,
    passed: drop <= maxForgetting + TOLERANCE,
    detail: `MNIST accuracy changes from ${percent(champion.accuracy)} to ${percent(candidate.accuracy)} (${points(-drop)}); a drop of at most ${points(maxForgetting, false)} is allowed`,
    says: says("forgetting", {
      champion: champion.accuracy,
      candidate: candidate.accuracy,
      change: -drop,
      allowed: maxForgetting,
    }),
  };
}

/** The recall of no class of the MNIST test set may fall by more than `maxDrop`, 0..1. */
export function perClassCheck(champion: Report, candidate: Report, maxDrop: number): Check {
  const name = "No digit gets worse";
  const drops = champion.per_class
    .filter(({ recall }) => recall !== null)
    .map(({ label, recall }) => {
      const after = candidate.per_class.find((entry) => entry.label === label)?.recall ?? Number.NaN;
      return { label, before: recall!, after, drop: recall! - after };
    });
  const [worst] = drops.toSorted((a, b) => b.drop - a.drop);
  const isComplete = drops.every(({ before, after }) => isShare(before) && isShare(after));
  if (worst === undefined || !isComplete) return missing(name);
  return {
    name,
    passed: worst.drop <= maxDrop + TOLERANCE,
    detail: `Worst change in recall: class "${worst.label}", from ${percent(worst.before)} to ${percent(worst.after)} (${points(-worst.drop)}); a drop of at most ${points(maxDrop, false)} is allowed`,
    says: says("perClass", {
      label: worst.label,
      champion: worst.before,
      candidate: worst.after,
      change: -worst.drop,
      allowed: maxDrop,
    }),
  };
}

/**
 * The accuracy on held-out drawings must rise by at least `min_absolute_change`, and must never fall. With fewer than
 * `min_samples` drawings it is only reported.
 */
export function holdoutCheck(champion: Report | null, candidate: Report | null, gate: GateParams): Check {
  const name = "Held-out drawings";
  const n = Math.max(champion?.n ?? 0, candidate?.n ?? 0);
  if (n === 0 || n < gate.min_samples) return tooFewDrawings(name, n, champion, candidate, gate);
  if (!isMeasured(champion) || !isMeasured(candidate)) return missing(name);
  if (champion.n !== candidate.n) return differentSets(name, champion, candidate);
  const gain = candidate.accuracy - champion.accuracy;
  const required = Math.max(gate.min_absolute_change, 0);
  return {
    name,
    passed: gain >= required - TOLERANCE,
    detail: `On ${count(n)} held-out drawings, the champion scores ${percent(champion.accuracy)} and the candidate ${percent(candidate.accuracy)} (${points(gain)}); ${required > 0 ? `a gain of at least ${points(required, false)} is required` : "the candidate must not score lower"}`,
    says: says(required > 0 ? "gain" : "notWorse", {
      n,
      champion: champion.accuracy,
      candidate: candidate.accuracy,
      change: gain,
      allowed: required,
    }),
  };
}

function tooFewDrawings(
  name: string,
  n: number,
  champion: Report | null,
  candidate: Report | null,
  { min_samples: needed }: GateParams,
): Check {
  const sentence = `Reported only: ${count(n)} drawings are held out, and ${count(needed)} are required for a decision.`;
  if (!isMeasured(champion) || !isMeasured(candidate))
    return { name, passed: true, detail: sentence, says: says("few", { n, needed }) };
  const scores = { champion: champion.accuracy, candidate: candidate.accuracy };
  return {
    name,
    passed: true,
    detail: `${sentence} The champion scores ${percent(scores.champion)} and the candidate ${percent(scores.candidate)}.`,
    says: says("fewScored", { n, needed, ...scores }),
  };
}

/**
 * For a candidate with new classes: the accuracy on drawings of the old classes must not fall by more than
 * `maxForgetting`, 0..1. One drawing may always be lost, because with few drawings it proves nothing.
 *
 * @param known the classes that the champion has outputs for.
 */
export function oldClassesCheck(
  champion: Report | null,
  candidate: Report | null,
  known: readonly string[],
  maxForgetting: number,
): Check {
  const name = "Old classes not forgotten";
  const [before, after] = [champion, candidate].map((report) => rightAmong(report, known));
  if (
    before === null ||
    after === null ||
    before === undefined ||
    after === undefined ||
    before.n !== after.n
  ) {
    return {
      name,
      passed: true,
      detail: "Reported only: no drawings of the old classes are held out",
      says: says("noOldClass", {}),
    };
  }
  const n = before.n;
  const drop = (before.right - after.right) / n;
  const allowed = Math.max(maxForgetting, 1 / n);
  return {
    name,
    passed: drop <= allowed + TOLERANCE,
    detail: `On ${count(n)} drawings of the ${known.length} classes that the champion knows, the champion scores ${percent(before.right / n)} and the candidate ${percent(after.right / n)} (${points(-drop)}); a drop of at most ${points(allowed, false)} is allowed`,
    says: says("oldClasses", {
      n,
      classes: known.length,
      champion: before.right / n,
      candidate: after.right / n,
      change: -drop,
      allowed,
    }),
  };
}

/** Number of images of these classes, and of those recognised correctly; null when there are none. */
function rightAmong(report: Report | null, classes: readonly string[]): { n: number; right: number } | null {
  const rows = (report?.per_class ?? []).filter(({ label, n }) => n > 0 && classes.includes(label));
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const right = rows.reduce((sum, row) => sum + Math.round(row.n * (row.recall ?? 0)), 0);
  return n > 0 ? { n, right } : null;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function isMeasured(report: Report | null): report is Report {
  return report !== null && Number.isInteger(report.n) && report.n > 0 && isShare(report.accuracy);
}

function missing(name: string): Check {
  return {
    name,
    passed: false,
    detail: "A metric is missing, and a check without its metric fails",
    says: says("missing", {}),
  };
}

function differentSets(name: string, champion: Report, candidate: Report): Check {
  return {
    name,
    passed: false,
    detail: `Not comparable: the champion was evaluated on ${count(champion.n)} images and the candidate on ${count(candidate.n)}. Evaluate both on the same images`,
    says: says("differentSets", { n: champion.n, other: candidate.n }),
  };
}
