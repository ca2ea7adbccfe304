/** Mistakes of a model trained on some number of labels. */
export interface CurveMeasurement {
  labels: number;
  errors: number;
  /** Drawings evaluated, at least 1. */
  n: number;
}

/** A power law: the share of mistakes after training on `labels` drawings is b · (labels + m)^−c. */
export interface CurveFit {
  b: number;
  /** Below 0 when mistakes become more. */
  c: number;
  /** Labels that the base model is worth. */
  m: number;
}

/** Values of m that are tried: four per factor of ten, from 10 to 100,000. */
export const OFFSETS: readonly number[] = Array.from({ length: 17 }, (_, i) => 10 ** (1 + i / 4));

/**
 * Fits a power law to a learning curve that starts from a pre-trained model, by weighted least squares on the logarithm:
 *
 *   Σ wᵢ (log yᵢ − log b + c · log(labelsᵢ + m))²,   yᵢ = (errorsᵢ + ½) / (nᵢ + 1),   wᵢ = errorsᵢ + ½
 *
 * The variance of the logarithm of a count is about 1 / count, hence the weights; ½ keeps a count of 0 finite. Given m,
 * log b and c are a straight line's; m is the value of `OFFSETS` with the least sum. c is not limited to gains, so that
 * resamples of a curve without a gain spread around 0.
 *
 * @param points at least 2, of different numbers of labels.
 * @throws {RangeError} otherwise.
 *
 * Source: the inverse power law with these weights: R. L. Figueroa et al., Predicting sample size required for
 * classification performance, BMC Medical Informatics and Decision Making 12:8 (2012). The offset, pre-training as data:
 * D. Hernandez et al., Scaling Laws for Transfer (2021), section 2.
 */
export function fitCurve(points: readonly CurveMeasurement[]): CurveFit {
  const y = points.map(({ errors, n }) => Math.log((errors + 0.5) / (n + 1)));
  const w = points.map(({ errors }) => errors + 0.5);
  if (new Set(points.map(({ labels }) => labels)).size < 2)
    throw new RangeError(`A curve needs at least 2 numbers of labels, found ${points.length} points`);
  let best: { fit: CurveFit; sum: number } | null = null;
  for (const m of OFFSETS) {
    const x = points.map(({ labels }) => Math.log(labels + m));
    const { slope, intercept, sum } = line(x, y, w);
    if (best === null || sum < best.sum) best = { fit: { b: Math.exp(intercept), c: -slope, m }, sum };
  }
  return best!.fit;
}

/** The share of mistakes after training on so many labels, by a fitted curve. */
export function errorAt({ b, c, m }: CurveFit, labels: number): number {
  return b * (labels + m) ** -c;
}

/** The weighted least-squares line through (x, y), and its sum of squares. */
function line(x: readonly number[], y: readonly number[], w: readonly number[]) {
  let [sw, sx, sy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    sw += w[i]!;
    sx += w[i]! * x[i]!;
    sy += w[i]! * y[i]!;
  }
  const [mx, my] = [sx / sw, sy / sw];
  let [sxx, sxy] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    sxx += w[i]! * (x[i]! - mx) ** 2;
    sxy += w[i]! * (x[i]! - mx) * (y[i]! - my);
  }
  const slope = sxy / sxx;
  const intercept = my - slope * mx;
  const sum = x.reduce((all, one, i) => all + w[i]! * (y[i]! - intercept - slope * one) ** 2, 0);
  return { slope, intercept, sum };
}
