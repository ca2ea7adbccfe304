/** Mistakes of a model trained on some number of labels. */
export interface CurveMeasurement {
  labels: number;
  errors: number;
  /** Drawings evaluated, at least 1. */
  n: number;
}

/** A power law: the share of mistakes after training on `labels` drawings is a + b · (labels + m)^−c. */
export interface CurveFit {
  /** The share of mistakes that no number of labels would remove. */
  a: number;
  /** log b: b itself may be too large for a number where c is. */
  logB: number;
  /** Below 0 when mistakes become more. */
  c: number;
  /** Labels that the base model is worth. */
  m: number;
  /** The sum of squares that was minimised, about χ² where the points are independent. */
  misfit: number;
}

/** Values of m that are tried: four per factor of ten, from 10 to 100,000. */
export const OFFSETS: readonly number[] = Array.from({ length: 17 }, (_, i) => 10 ** (1 + i / 4));
/** Values of a that are tried, as shares of the fewest mistakes that were measured. */
export const FLOORS: readonly number[] = [0, 0.5, 0.75, 0.9, 0.97];

/**
 * Fits a power law to a learning curve that starts from a pre-trained model, by weighted least squares on the logarithm:
 *
 *   Σ wᵢ (log(yᵢ − a) − log b + c · log(labelsᵢ + m))²,   yᵢ = (errorsᵢ + ½) / (nᵢ + 1),
 *   wᵢ = (errorsᵢ + ½) ((yᵢ − a) / yᵢ)²
 *
 * The variance of the logarithm of a count is about 1 / count, hence the weights; ½ keeps a count of 0 finite. Given a
 * and m, log b and c are a straight line's; a and m are the values of `FLOORS` and `OFFSETS` with the least sum, the first
 * of equal ones. c is not limited to gains, so that resamples of a curve without a gain spread around 0.
 *
 * @param points at least 2, of different numbers of labels.
 * @throws {RangeError} otherwise.
 *
 * Source: the inverse power law with these weights: R. L. Figueroa et al., Predicting sample size required for
 * classification performance, BMC Medical Informatics and Decision Making 12:8 (2012). The offset, pre-training as data:
 * D. Hernandez et al., Scaling Laws for Transfer (2021), section 2.
 */
export function fitCurve(points: readonly CurveMeasurement[]): CurveFit {
  if (new Set(points.map(({ labels }) => labels)).size < 2)
    throw new RangeError(`A curve needs at least 2 numbers of labels, found ${points.length} points`);
  const y = points.map(({ errors, n }) => (errors + 0.5) / (n + 1));
  const fewest = Math.min(...y);
  let best: CurveFit | null = null;
  for (const floor of FLOORS) {
    const a = floor * fewest;
    const above = y.map((share) => Math.log(share - a));
    const w = points.map(({ errors }, i) => (errors + 0.5) * ((y[i]! - a) / y[i]!) ** 2);
    for (const m of OFFSETS) {
      const x = points.map(({ labels }) => Math.log(labels + m));
      const { slope, intercept, sum } = line(x, above, w);
      if (best === null || sum < best.misfit - 1e-9) best = { a, logB: intercept, c: -slope, m, misfit: sum };
    }
  }
  return best!;
}

/** The share of mistakes after training on so many labels, by a fitted curve. */
export function errorAt({ a, logB, c, m }: CurveFit, labels: number): number {
  return a + Math.exp(logB - c * Math.log(labels + m));
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
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += w[i]! * (y[i]! - intercept - slope * x[i]!) ** 2;
  return { slope, intercept, sum };
}
