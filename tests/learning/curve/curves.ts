import type { LearningCurve } from "../../../src/domain/learning/learning-curve.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { resamplesOf, sumOf } from "../../../src/pipelines/curve/resample.ts";

/**
 * A measured curve of so many writers with 25 drawings each, whose models make mistakes with these probabilities.
 * @param noise the share of drawings whose mistakes at some number of labels say nothing about those at another; the
 *   others are never misclassified with more labels if they are not with fewer.
 */
export function curveOf(
  labels: readonly number[],
  shares: readonly number[],
  { writers = 60, seed = 1, noise = 0 } = {},
): LearningCurve {
  const random = createRandom(seed);
  const groups = Array.from({ length: writers }, () => {
    const errors = shares.map(() => 0);
    for (let drawing = 0; drawing < 25; drawing++) {
      const hardness = random.next();
      shares.forEach((share, i) => {
        if ((noise > 0 && random.next() < noise ? random.next() : hardness) < share) errors[i]! += 1;
      });
    }
    return { n: 25, errors };
  });
  return {
    ...{ by: "writer", folds: 5, held_out: 0, trained: 24, seconds: 12.5 },
    ...{
      labels: [...labels],
      groups: writers,
      drawings: writers * 25,
      resamples: resamplesOf(groups, seed),
      ...sumOf(groups),
    },
  };
}
