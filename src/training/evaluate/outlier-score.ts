import type { OutlierScoreName } from "../../domain/model-artifacts.ts";
import { logSumExp } from "./softmax.ts";

/** Computed from one row of K logits, divided by the model's temperature. The greater, the more unusual the image. */
export type OutlierScore = (logits: Float64Array) => number;

/**
 * How unusual an image looks to a classifier, from its logits z. Unlike a softmax that is 1 for every image, none of
 * these saturates, except the last, which exists for comparison.
 *
 *   energy               = −log Σₖ exp zₖ        Liu et al., Energy-based Out-of-distribution Detection (2020)
 *   max_logit            = −maxₖ zₖ              Hendrycks et al., Scaling Out-of-Distribution Detection (2022)
 *   max_logit_above_mean = −(maxₖ zₖ − mean z)   the same, but adding a number to all logits changes nothing
 *   max_probability      = −maxₖ softmax(z)ₖ     Hendrycks and Gimpel, A Baseline (2017)
 */
export const OUTLIER_SCORE: Readonly<Record<OutlierScoreName, OutlierScore>> = {
  energy: (z) => -logSumExp(z),
  max_logit: (z) => -Math.max(...z),
  max_logit_above_mean: (z) => z.reduce((sum, value) => sum + value, 0) / z.length - Math.max(...z),
  max_probability: (z) => -Math.exp(Math.max(...z) - logSumExp(z)),
};

/**
 * Returns the score of every row.
 *
 * @param logits [N, K], row-major, as the model outputs them.
 * @returns float64 [N].
 */
export function outlierScores(
  logits: Float32Array,
  K: number,
  name: OutlierScoreName,
  temperature: number,
): Float64Array {
  const score = OUTLIER_SCORE[name];
  return Float64Array.from({ length: logits.length / K }, (_, n) =>
    score(Float64Array.from(logits.subarray(n * K, (n + 1) * K), (value) => value / temperature)),
  );
}
