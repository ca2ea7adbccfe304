import type { LearningCurve } from "../../domain/learning/learning-curve.ts";
import { createRandom } from "../../lib/random.ts";
import type { CurveMeasurement } from "./fit-curve.ts";

/** Number of resamples: enough for the ends of a 95 % interval to one digit, and each is fitted. */
const RESAMPLES = 400;
/** Fixed, so that the same measurement always gives the same interval. */
const SEED = 1;

/** The mistakes of all groups together, at each number of labels. */
export function measurementsOf({ labels, groups, n }: LearningCurve): CurveMeasurement[] {
  return labels.map((count, i) => ({
    labels: count,
    errors: groups.reduce((sum, group) => sum + group.errors[i]!, 0),
    n,
  }));
}

/**
 * Resamples a curve: as many groups as there are, drawn with replacement, each with its mistakes at all numbers of labels,
 * so the points of a resample are of the same drawings, as those of the curve are.
 *
 * @returns one curve per resample; none for a curve without groups.
 *
 * Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 8.3 (clusters).
 */
export function resamples({ labels, groups }: LearningCurve): CurveMeasurement[][] {
  if (groups.length === 0) return [];
  const random = createRandom(SEED).fork("learning curve");
  return Array.from({ length: RESAMPLES }, () => {
    const errors = new Float64Array(labels.length);
    let n = 0;
    for (let drawn = 0; drawn < groups.length; drawn++) {
      const group = groups[random.int(groups.length)]!;
      n += group.n;
      for (let i = 0; i < errors.length; i++) errors[i]! += group.errors[i]!;
    }
    return labels.map((count, i) => ({ labels: count, errors: errors[i]!, n }));
  });
}

/** The 2.5 % and 97.5 % points of some values; at least one. */
export function interval(values: readonly number[]): { low: number; high: number } {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}
