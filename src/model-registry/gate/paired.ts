/** Two models' answers on the same items, counted where exactly one of them is right. */
export interface PairCounts {
  /** Items. */
  n: number;
  /** Items that only the first model (the candidate) classifies correctly. */
  fixed: number;
  /** Items that only the second model (the champion or the base) classifies correctly. */
  broken: number;
}

/**
 * Counts the items that one of two models classifies correctly and the other does not.
 *
 * @param labels    [N] true classes.
 * @param candidate [N] predicted classes.
 * @param other     [N] predicted classes.
 * @throws {RangeError} when the lengths differ.
 */
export function countPairs(labels: Uint8Array, candidate: Uint8Array, other: Uint8Array): PairCounts {
  const n = labels.length;
  if (candidate.length !== n || other.length !== n) {
    throw new RangeError(`Cannot pair ${candidate.length} and ${other.length} answers for ${n} items`);
  }
  let [fixed, broken] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [after, before] = [candidate[i] === labels[i], other[i] === labels[i]];
    if (after && !before) fixed++;
    else if (before && !after) broken++;
  }
  return { n, fixed, broken };
}

/**
 * P(X ≤ k) for X binomial with n trials and probability ½, summed in logarithms so that no term underflows alone.
 *
 * @param k whole number; below 0 gives 0, n and above gives 1.
 */
export function halfBinomialCdf(k: number, n: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  let logTerm = -n * Math.LN2;
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/**
 * The exact McNemar test: under the hypothesis that both models are equally good, each item that they disagree about is
 * as likely to be fixed as broken.
 *
 * @returns p, two-sided, 0..1; 1 when there is no such item.
 *
 * Source: Q. McNemar, Psychometrika 12 (1947), p. 153; exact form: A. Agresti, Categorical Data Analysis, 3rd ed., 11.1.
 */
export function mcNemar({ fixed, broken }: PairCounts): number {
  return Math.min(1, 2 * halfBinomialCdf(Math.min(fixed, broken), fixed + broken));
}

/** The standard normal deviate that 5 % exceed. */
const Z_95 = 1.6449;

/** Difference of two accuracies measured on the same items. Shares, −1..1. */
export interface PairedDifference {
  /** (fixed − broken) / n. */
  difference: number;
  /** The one-sided 95 % bounds: the difference is above `low` (and below `high`) with 95 % confidence. */
  low: number;
  high: number;
}

/**
 * The difference in accuracy with one-sided 95 % bounds: the adjusted Wald interval for matched pairs, which counts half
 * an item more in each cell that the models disagree about, so that a set without disagreement still has a width.
 *
 * Source: A. Agresti, Y. Min, Statistics in Medicine 24 (2005), p. 729.
 */
export function pairedDifference({ n, fixed, broken }: PairCounts): PairedDifference {
  const [b, c, N] = [fixed + 0.5, broken + 0.5, n + 2];
  const centre = (b - c) / N;
  const spread = Z_95 * Math.sqrt((b + c) / N / N - (centre * centre) / N);
  return { difference: n === 0 ? 0 : (fixed - broken) / n, low: centre - spread, high: centre + spread };
}

/** The standard normal deviate that 2.5 % exceed in either direction together. */
const Z_BETTER = 2.2414;

/**
 * About how many items are needed for the exact McNemar test to show a difference of this size at p < 0.025, by the
 * normal approximation: the test statistic grows with the square root of the number of items.
 *
 * @returns null when the candidate is not better, so that more items like these would not help.
 */
export function itemsToShow({ n, fixed, broken }: PairCounts): number | null {
  if (fixed <= broken) return null;
  const z = (fixed - broken) / Math.sqrt(fixed + broken);
  return Math.max(n + 1, Math.ceil(n * (Z_BETTER / z) ** 2));
}
