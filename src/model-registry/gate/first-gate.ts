import type { GateRecord } from "../../domain/gate.ts";
import { saying as says } from "../../lib/saying.ts";
import { count, percent } from "./figures.ts";
import { thresholdCheck } from "./gate-checks.ts";
import type { GateParams, Report, Scores } from "./gate-scores.ts";
import { verdictFrom } from "./verdict.ts";

type Check = GateRecord["checks"][number];

/** The number of standard deviations that covers 95 % of the normal distribution. */
const Z = 1.96;

/**
 * Decides whether a first model may go live, where there is no champion to compare it with. It must be better than
 * chance on held-out drawings, by a margin and with statistical confidence. Where digits are classes, it must also
 * reach the threshold on the MNIST test set.
 */
export function decideFirst({ test, holdout }: Scores, gate: GateParams): GateRecord {
  const checks = chanceChecks(holdout?.report ?? null, gate.first_gain);
  if (test !== null) checks.unshift(thresholdCheck(test.report, gate.threshold));
  return verdictFrom(checks, [], null);
}

/**
 * Compares the accuracy on held-out drawings with chance: the accuracy of always predicting the most frequent class, or
 * of guessing among all, whichever is higher.
 *
 * @param gain required share of the distance from chance to 100 %, 0..1.
 */
export function chanceChecks(holdout: Report | null, gain: number): Check[] {
  const names = ["Better than chance", "Not by luck"] as const;
  if (holdout === null || !(holdout.n > 0)) {
    const detail =
      "No drawings are held out for evaluation. Label more drawings, or set holdout_fraction above 0";
    return [{ name: names[0], passed: false, isMissing: true, detail, says: says("noHoldout", {}) }];
  }
  const { n, accuracy, per_class } = holdout;
  const chance = Math.max(1 / per_class.length, ...per_class.map((one) => one.n / n));
  const required = chance + gain * (1 - chance);
  const low = wilsonLow(accuracy, n);
  return [
    {
      name: names[0],
      passed: accuracy >= required - 1e-9,
      detail: `The model classifies ${percent(accuracy)} of ${count(n)} held-out drawings correctly; at least ${percent(required)} is required, where chance is ${percent(chance)}`,
      says: says("chance", { candidate: accuracy, n, asked: required, chance }),
    },
    {
      name: names[1],
      passed: low > chance,
      detail: `On ${count(n)} drawings, its accuracy is above ${percent(low)} with 97.5 % confidence; this must exceed chance, ${percent(chance)}`,
      says: says("luck", { n, low, chance }),
    },
  ];
}

/** The lower end of Wilson's 95 % interval of a share, 0..1. Source: E. B. Wilson, JASA 22 (1927), p. 209. */
export function wilsonLow(share: number, n: number): number {
  const z2n = (Z * Z) / n;
  const spread = Z * Math.sqrt((share * (1 - share)) / n + z2n / (4 * n));
  return Math.max(0, (share + z2n / 2 - spread) / (1 + z2n));
}
