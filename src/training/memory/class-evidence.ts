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
}

/**
 * The kernel in use. Chosen by leaving writers out, for 1 to 20 drawings of each class, and for classes with different
 * numbers of them (`npm run bench -- learning --part letters`).
 */
export const CLASS_KERNEL: ClassKernel = { decay: 10, temperature: 0.6 };

/**
 * Returns the probability of each class from labelled drawings alone:
 *
 *   p(k) ∝ ( mean over the drawings i of class k of exp(−decay · distanceᵢ) ) ^ (1 / temperature)
 *
 * With temperature 1 these are Bayes' posteriors from kernel density estimates and equal priors: a class is no more
 * probable for having more drawings.
 * Source: E. Parzen, On Estimation of a Probability Density Function and Mode, 1962.
 *
 * @param neighbours with labels of `classes`; others are ignored.
 * @returns float64 [K], sums to 1.
 * @throws {RangeError} when a class has no drawing.
 */
export function classProbabilities(
  neighbours: readonly Neighbour[],
  classes: readonly string[],
  { decay, temperature }: ClassKernel,
): Float64Array {
  const indexOf = new Map(classes.map((label, k) => [label, k]));
  const nearest = new Float64Array(classes.length).fill(Number.POSITIVE_INFINITY);
  for (const { label, distance } of neighbours) {
    const k = indexOf.get(label);
    if (k !== undefined) nearest[k] = Math.min(nearest[k]!, distance);
  }
  const missing = classes.filter((_, k) => nearest[k] === Number.POSITIVE_INFINITY);
  if (missing.length > 0)
    throw new RangeError(`Cannot predict: there are no drawings of ${missing.join(", ")}`);
  // Relative to the nearest one, so that drawings far away do not all become 0.
  const sums = new Float64Array(classes.length);
  const counts = new Float64Array(classes.length);
  for (const { label, distance } of neighbours) {
    const k = indexOf.get(label);
    if (k === undefined) continue;
    sums[k]! += Math.exp(-decay * (distance - nearest[k]!));
    counts[k]! += 1;
  }
  const scores = sums.map((sum, k) => (Math.log(sum / counts[k]!) - decay * nearest[k]!) / temperature);
  const greatest = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - greatest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
