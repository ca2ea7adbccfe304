import type { GateRecord, GateSaying } from "../domain/gate.ts";
import { count, percent, points } from "./figures.ts";
import type { GateParams, Report } from "./gate-scores.ts";

type Check = GateRecord["checks"][number];

/** Comparisons of differences forgive rounding of this size: a 10,000,000th of one image in 100. */
const TOLERANCE = 1e-9;

export function thresholdCheck(candidate: Report, threshold: number): Check {
  const name = "MNIST accuracy";
  if (!isMeasured(candidate)) return missing(name, "the candidate's accuracy on the MNIST test digits");
  return {
    name,
    passed: candidate.accuracy >= threshold - TOLERANCE,
    detail: `The candidate reads ${percent(candidate.accuracy)} of ${count(candidate.n)} MNIST test digits right; at least ${percent(threshold)} is asked`,
    says: says("threshold", { candidate: candidate.accuracy, n: candidate.n, asked: threshold }),
  };
}

export function forgettingCheck(champion: Report, candidate: Report, maxForgetting: number): Check {
  const name = "MNIST not forgotten";
  if (!isMeasured(champion) || !isMeasured(candidate)) {
    return missing(name, "the accuracy of both models on the MNIST test digits");
  }
  if (champion.n !== candidate.n) return differentSets(name, champion, candidate);
  const drop = champion.accuracy - candidate.accuracy;
  return {
    name,
    passed: drop <= maxForgetting + TOLERANCE,
    detail: `MNIST accuracy goes from ${percent(champion.accuracy)} to ${percent(candidate.accuracy)} (${points(-drop)}); it may fall by at most ${points(maxForgetting, false)}`,
    says: says("forgetting", {
      champion: champion.accuracy,
      candidate: candidate.accuracy,
      change: -drop,
      allowed: maxForgetting,
    }),
  };
}

export function perClassCheck(champion: Report, candidate: Report, maxDrop: number): Check {
  const name = "No digit gets worse";
  const drops = champion.per_class
    .filter(({ recall }) => recall !== null)
    .map(({ label, recall }) => {
      const after = candidate.per_class.find((entry) => entry.label === label)?.recall ?? Number.NaN;
      return { label, before: recall!, after, drop: recall! - after };
    });
  const unknown = drops.find(({ before, after }) => !isShare(before) || !isShare(after));
  if (unknown !== undefined) return missing(name, `how often both models find the digit "${unknown.label}"`);
  const [worst] = drops.toSorted((a, b) => b.drop - a.drop);
  if (worst === undefined) return missing(name, "how often the champion finds each digit");
  return {
    name,
    passed: worst.drop <= maxDrop + TOLERANCE,
    detail: `The largest change for the worse is at "${worst.label}": found ${percent(worst.before)} of the time before and ${percent(worst.after)} now (${points(-worst.drop)}); any digit may lose at most ${points(maxDrop, false)}`,
    says: says("perClass", {
      label: worst.label,
      champion: worst.before,
      candidate: worst.after,
      change: -worst.drop,
      allowed: maxDrop,
    }),
  };
}

export function holdoutCheck(champion: Report | null, candidate: Report | null, gate: GateParams): Check {
  const name = "Drawings kept aside";
  const n = Math.max(champion?.n ?? 0, candidate?.n ?? 0);
  if (n === 0 || n < gate.min_samples) {
    const shares = [champion, candidate].map((report) =>
      isMeasured(report) ? percent(report.accuracy) : "not measured",
    );
    const figures = n === 0 ? "" : ` The champion: ${shares[0]}, the candidate: ${shares[1]}.`;
    return {
      name,
      passed: true,
      detail: `Reported, not judged: ${count(n)} drawings are kept aside, and ${count(gate.min_samples)} are needed to judge.${figures}`,
      says: says("few", { n, needed: gate.min_samples }),
    };
  }
  if (!isMeasured(champion) || !isMeasured(candidate)) {
    return missing(name, "the accuracy of both models on the drawings kept aside");
  }
  if (champion.n !== candidate.n) return differentSets(name, champion, candidate);
  const gain = candidate.accuracy - champion.accuracy;
  const asked = Math.max(gate.min_absolute_change, 0);
  return {
    name,
    passed: gain >= asked - TOLERANCE,
    detail: `Of ${count(n)} drawings kept aside the champion reads ${percent(champion.accuracy)} right, the candidate ${percent(candidate.accuracy)} (${points(gain)}); ${asked > 0 ? `a gain of at least ${points(asked, false)} is asked` : "it may not be worse"}`,
    says: says(asked > 0 ? "gain" : "notWorse", {
      n,
      champion: champion.accuracy,
      candidate: candidate.accuracy,
      change: gain,
      allowed: asked,
    }),
  };
}

/**
 * For a candidate that has learned new classes: what it reads of the others. Of few drawings one may be lost, which
 * says nothing yet.
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
      detail: "Reported, not judged: no drawing of an old class is kept aside",
      says: says("noOldClass", {}),
    };
  }
  const n = before.n;
  const drop = (before.right - after.right) / n;
  const allowed = Math.max(maxForgetting, 1 / n);
  return {
    name,
    passed: drop <= allowed + TOLERANCE,
    detail: `Of ${count(n)} drawings of the ${known.length} classes that the champion knows it reads ${percent(before.right / n)} right, the candidate ${percent(after.right / n)} (${points(-drop)}); it may fall by at most ${points(allowed, false)}, ${allowed > maxForgetting ? "one drawing" : "max_forgetting"}`,
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

/** Images of these classes, and how many of them were recognised; null when there are none. */
function rightAmong(report: Report | null, classes: readonly string[]): { n: number; right: number } | null {
  const rows = (report?.per_class ?? []).filter(({ label, n }) => n > 0 && classes.includes(label));
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const right = rows.reduce((sum, row) => sum + Math.round(row.n * (row.recall ?? 0)), 0);
  return n > 0 ? { n, right } : null;
}

/** The sentence of `detail` as data. */
export function says(key: string, figures: GateSaying["figures"]): GateSaying {
  return { key, figures };
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function isMeasured(report: Report | null): report is Report {
  return report !== null && Number.isInteger(report.n) && report.n > 0 && isShare(report.accuracy);
}

function missing(name: string, what: string): Check {
  return {
    name,
    passed: false,
    detail: `Not known: ${what}. What was not measured does not pass`,
    says: says("missing", {}),
  };
}

function differentSets(name: string, champion: Report, candidate: Report): Check {
  return {
    name,
    passed: false,
    detail: `Not comparable: the champion was measured on ${count(champion.n)} images and the candidate on ${count(candidate.n)}. Measure both on the same`,
    says: says("differentSets", { n: champion.n, other: candidate.n }),
  };
}
