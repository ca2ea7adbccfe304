import type { GateRecord } from "../domain/gate.ts";
import { count, percent } from "./figures.ts";
import { says, thresholdCheck } from "./gate-checks.ts";
import type { GateParams, Report, Scores } from "./gate-scores.ts";

type Check = GateRecord["checks"][number];

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const Z = 1.96;

/**
 * Whether a first model may serve, where there is none to compare it with: it must be better than chance, by a margin
 * and beyond luck, on drawings that it was not trained on; and read MNIST's digits where these are classes.
 */
export function decideFirst({ test, holdout }: Scores, gate: GateParams): GateRecord {
  const checks = chanceChecks(holdout, gate.first_gain);
  if (test !== null) checks.unshift(thresholdCheck(test, gate.threshold));
  return { passed: checks.every(({ passed }) => passed), checks };
}

/**
 * Chance is always answering with the most frequent class, or guessing among all: whichever is right more often.
 *
 * @param gain how far from chance to always right the accuracy must have come, 0..1.
 */
export function chanceChecks(holdout: Report | null, gain: number): Check[] {
  const names = ["Better than chance", "Not by luck"] as const;
  if (holdout === null || !(holdout.n > 0)) {
    const detail =
      "Not known: no drawing was kept aside to judge with. Label more, or set holdout_fraction above 0";
    return [{ name: names[0], passed: false, detail, says: says("noHoldout", {}) }];
  }
  const { n, accuracy, per_class } = holdout;
  const chance = Math.max(1 / per_class.length, ...per_class.map((one) => one.n / n));
  const asked = chance + gain * (1 - chance);
  const low = wilsonLow(accuracy, n);
  return [
    {
      name: names[0],
      passed: accuracy >= asked - 1e-9,
      detail: `The model reads ${percent(accuracy)} of ${count(n)} drawings kept aside right; at least ${percent(asked)} is asked, where chance is ${percent(chance)}`,
      says: says("chance", { candidate: accuracy, n, asked, chance }),
    },
    {
      name: names[1],
      passed: low > chance,
      detail: `With ${count(n)} drawings its accuracy is above ${percent(low)} with a probability of 97.5 %; that must be more than chance, ${percent(chance)}`,
      says: says("luck", { n, low, chance }),
    },
  ];
}

/** The lower end of Wilson's 95 % interval of a share. Source: E. B. Wilson, JASA 22 (1927), p. 209. */
export function wilsonLow(share: number, n: number): number {
  const z2n = (Z * Z) / n;
  const spread = Z * Math.sqrt((share * (1 - share)) / n + z2n / (4 * n));
  return Math.max(0, (share + z2n / 2 - spread) / (1 + z2n));
}
