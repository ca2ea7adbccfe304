import type { CurveCounts } from "../../domain/learning/learning-curve.ts";
import { createRandom } from "../../lib/random.ts";

/** Number of resamples: enough for the ends of a 95 % interval to one digit; each is fitted when the page is shown. */
const RESAMPLES = 200;

/**
 * Resamples the groups of a curve: as many groups as there are, drawn with replacement, each with its mistakes at all
 * numbers of labels, so the points of a resample are of the same drawings, as those of the curve are.
 *
 * @param groups mistakes of each writer or session, or of each drawing where these are the groups.
 * @returns the sums of each resample; none without groups.
 *
 * Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 8.3 (clusters).
 */
export function resamplesOf(groups: readonly CurveCounts[], seed: number): CurveCounts[] {
  if (groups.length === 0) return [];
  const random = createRandom(seed).fork("curve resamples");
  return Array.from({ length: RESAMPLES }, () => sumOf(groups.map(() => groups[random.int(groups.length)]!)));
}

/** The drawings and mistakes of all groups together; at least one. */
export function sumOf(groups: readonly CurveCounts[]): CurveCounts {
  const errors = groups[0]!.errors.map(() => 0);
  let n = 0;
  for (const group of groups) {
    n += group.n;
    for (let i = 0; i < errors.length; i++) errors[i]! += group.errors[i]!;
  }
  return { n, errors };
}
