/** A share of a number of trials, with its interval. */
export interface Proportion {
  n: number;
  /** 0..1; null without trials. */
  share: number | null;
  /** The ends of the 95 % interval, 0..1; null without trials. */
  low: number | null;
  high: number | null;
}

/** The 97.5 % point of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * A share with Wilson's 95 % score interval, which stays within 0..1 and holds its level for small n:
 *
 *   (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
 *
 * Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927), p. 209.
 */
export function proportion(successes: number, n: number): Proportion {
  if (n === 0) return { n, share: null, low: null, high: null };
  const share = successes / n;
  const middle = share + Z ** 2 / (2 * n);
  const spread = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const whole = 1 + Z ** 2 / n;
  return {
    n,
    share,
    low: successes === 0 ? 0 : (middle - spread) / whole,
    high: successes === n ? 1 : (middle + spread) / whole,
  };
}
