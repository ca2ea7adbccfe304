import type { Calibration } from "../../domain/metrics.ts";

const BINS = 15;

/**
 * How well a classifier's confidence matches its accuracy: 15 bins of equal width over the confidence of the
 * predicted class, and the expected calibration error over them.
 *
 * Source: Guo et al., On Calibration of Modern Neural Networks (2017), section 2.
 *
 * @param answers at least one; `confidence` in 0..1 is the probability of the predicted class.
 */
export function calibrationOf(
  answers: readonly { readonly confidence: number; readonly isRight: boolean }[],
): Calibration {
  const sums = Array.from({ length: BINS }, () => ({ n: 0, confidence: 0, right: 0 }));
  for (const { confidence, isRight } of answers) {
    const bin = sums[Math.min(BINS - 1, Math.floor(confidence * BINS))]!;
    bin.n += 1;
    bin.confidence += confidence;
    if (isRight) bin.right += 1;
  }
  const gaps = sums.map((bin) => Math.abs(bin.right - bin.confidence));
  return {
    ece: gaps.reduce((sum, gap) => sum + gap, 0) / answers.length,
    bins: sums.map(({ n, confidence, right }, b) => ({
      from: b / BINS,
      to: (b + 1) / BINS,
      n,
      confidence: n === 0 ? null : confidence / n,
      accuracy: n === 0 ? null : right / n,
    })),
  };
}
