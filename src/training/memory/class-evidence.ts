/** A remembered drawing, as seen from another one. */
export interface Neighbour {
  label: string;
  /** 1 − cosine of the two drawings' features, in units of the model's spread; 0 or more. */
  distance: number;
}

/** How the distances to labelled drawings become a prediction. */
export interface ClassKernel {
  /** Nats by which a drawing's part falls per unit of distance. */
  decay: number;
  /** Divisor of the classes' log densities: the greater, the less confident. */
  temperature: number;
  /** Part of the examples in the density of a class that has some, 0..1. */
  examples: number;
}

/**
 * The kernel in use. Chosen by leaving writers out, for 1 to 20 drawings of each class, and for classes with different
 * numbers of them (`npm run bench -- learning --part letters`).
 */
export const CLASS_KERNEL: ClassKernel = { decay: 10, temperature: 0.6, examples: 0.5 };
/** The temperature in use where every class has examples: what is known of every class is then less a matter of luck. */
export const TEMPERATURE_WITH_EXAMPLES = 0.5;

/**
 * Returns the probability of each class from labelled drawings alone:
 *
 *   density(k) = mean over the drawings i of class k of exp(−decay · distanceᵢ)
 *   p(k)       ∝ density(k) ^ (1 / temperature)
 *
 * With temperature 1 these are Bayes' posteriors from kernel density estimates and equal priors: a class is no more
 * probable for having more drawings. Where a class has examples, its density is a mixture of that of its drawings and that
 * of its examples.
 * Source: E. Parzen, On Estimation of a Probability Density Function and Mode, 1962.
 *
 * @param neighbours people's drawings, with labels of `classes`; others are ignored.
 * @param examples of some of the classes, not drawn by the people who use this; may be empty.
 * @returns float64 [K], sums to 1.
 * @throws {RangeError} when a class has no drawing.
 */
export function classProbabilities(
  neighbours: readonly Neighbour[],
  classes: readonly string[],
  kernel: ClassKernel,
  examples: readonly Neighbour[] = [],
): Float64Array {
  const own = logDensities(neighbours, classes, kernel.decay);
  const missing = classes.filter((_, k) => own[k] === Number.NEGATIVE_INFINITY);
  if (missing.length > 0)
    throw new RangeError(`Cannot predict: there are no drawings of ${missing.join(", ")}`);
  const others = logDensities(examples, classes, kernel.decay);
  const scores = own.map((value, k) => mixed(value, others[k]!, kernel.examples) / kernel.temperature);
  const greatest = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - greatest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/** float64 [K]; −∞ for a class without drawings. Relative to the nearest one, so that distant drawings do not become 0. */
function logDensities(some: readonly Neighbour[], classes: readonly string[], decay: number): Float64Array {
  const indexOf = new Map(classes.map((label, k) => [label, k]));
  const nearest = new Float64Array(classes.length).fill(Number.POSITIVE_INFINITY);
  for (const { label, distance } of some) {
    const k = indexOf.get(label);
    if (k !== undefined) nearest[k] = Math.min(nearest[k]!, distance);
  }
  const sums = new Float64Array(classes.length);
  const counts = new Float64Array(classes.length);
  for (const { label, distance } of some) {
    const k = indexOf.get(label);
    if (k === undefined) continue;
    sums[k]! += Math.exp(-decay * (distance - nearest[k]!));
    counts[k]! += 1;
  }
  return sums.map((sum, k) =>
    counts[k] === 0 ? Number.NEGATIVE_INFINITY : Math.log(sum / counts[k]!) - decay * nearest[k]!,
  );
}

/** log((1 − part) · eᵃ + part · eᵇ); a when b is −∞, because there is then nothing to mix in. */
function mixed(a: number, b: number, part: number): number {
  if (b === Number.NEGATIVE_INFINITY) return a;
  const most = Math.max(a, b);
  return most + Math.log((1 - part) * Math.exp(a - most) + part * Math.exp(b - most));
}
