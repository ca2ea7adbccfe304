import { type Proportion, proportion } from "../monitoring/proportion.ts";

/** The fewest drawings with two answers that kappa is computed of: its standard error is of large samples. */
export const LEAST_PAIRS = 30;

/** Cohen's kappa. */
export interface Kappa {
  /** −1..1; 1 where all answers agree, 0 where they agree as often as chance would. */
  value: number;
  /** The ends of its 95 % interval; null where all answers agree, because the standard error is then 0. */
  interval: { low: number; high: number } | null;
}

/** How often two raters agree. */
export interface Agreement {
  /** Share of equal answers, with Wilson's interval. */
  equal: Proportion;
  kappa: Kappa | null;
  /**
   * Why there is no kappa. `few`: fewer than `LEAST_PAIRS` drawings. `one_class`: both have only ever given one and the
   * same answer, so chance would agree always.
   */
  noKappa: "few" | "one_class" | null;
}

/** Drawings to which two raters gave these answers: any strings, equal ones agree. */
export interface AnswerPairs {
  first: string;
  second: string;
  /** Number of drawings, a whole number from 1. */
  n: number;
}

/** The 97.5 % point of the standard normal distribution. */
const Z = 1.959963984540054;
/** A standard error below this is 0, but for rounding. */
const NO_ERROR = 1e-7;

/** How often two raters agree, beyond chance too. @param pairs each drawing counted once. */
export function agreementOf(pairs: readonly AnswerPairs[]): Agreement {
  const equal = proportion(countOf(pairs.filter(isEqual)), countOf(pairs));
  if (equal.n < LEAST_PAIRS) return { equal, kappa: null, noKappa: "few" };
  const kappa = cohensKappa(pairs);
  return { equal, kappa, noKappa: kappa === null ? "one_class" : null };
}

/**
 * Cohen's kappa of two raters, with its 95 % interval:
 *
 *   pₒ = Σᵢ pᵢᵢ,  pₑ = Σᵢ pᵢ. p.ᵢ,  κ = (pₒ − pₑ) / (1 − pₑ)
 *   se² = (A + B − C) / (n (1 − pₑ)²)
 *   A = Σᵢ pᵢᵢ (1 − (pᵢ. + p.ᵢ)(1 − κ))²
 *   B = (1 − κ)² Σᵢ≠ⱼ pᵢⱼ (p.ᵢ + pⱼ.)²
 *   C = (κ − pₑ(1 − κ))²
 *
 * The standard error is of large samples: with few drawings, or κ near 1, the interval is too short. It is cut at −1 and
 * 1. The drawings must be independent of each other: one pair for each.
 *
 * @returns null without pairs, and when pₑ is 1: both have given the same answer to everything.
 *
 * Sources: J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20 (1960),
 * p. 40. J. L. Fleiss, J. Cohen, B. S. Everitt, Large Sample Standard Errors of Kappa and Weighted Kappa, Psychological
 * Bulletin 72 (1969), p. 325, for weights 1 and 0.
 */
export function cohensKappa(pairs: readonly AnswerPairs[]): Kappa | null {
  const n = countOf(pairs);
  const rows = sharesOf(pairs.map(({ first, n: count }) => [first, count / n]));
  const columns = sharesOf(pairs.map(({ second, n: count }) => [second, count / n]));
  const expected = [...rows].reduce((sum, [answer, row]) => sum + row * (columns.get(answer) ?? 0), 0);
  // Asked of the answers themselves: the sum of shares may be rounded.
  if (n === 0 || (rows.size === 1 && columns.size === 1 && expected > 0)) return null;
  const value = (countOf(pairs.filter(isEqual)) / n - expected) / (1 - expected);
  const beyond = 1 - value;
  let variance = -((value - expected * beyond) ** 2);
  for (const pair of pairs) {
    const { first, second } = pair;
    const term = isEqual(pair)
      ? 1 - ((rows.get(first) ?? 0) + (columns.get(first) ?? 0)) * beyond
      : beyond * ((columns.get(first) ?? 0) + (rows.get(second) ?? 0));
    variance += (pair.n / n) * term ** 2;
  }
  const error = Math.sqrt(Math.max(0, variance) / n) / (1 - expected);
  if (error < NO_ERROR) return { value, interval: null };
  return {
    value,
    interval: { low: Math.max(-1, value - Z * error), high: Math.min(1, value + Z * error) },
  };
}

function isEqual({ first, second }: AnswerPairs): boolean {
  return first === second;
}

function countOf(pairs: readonly AnswerPairs[]): number {
  return pairs.reduce((sum, { n }) => sum + n, 0);
}

/** The share of each answer. */
function sharesOf(parts: readonly [string, number][]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const [answer, share] of parts) shares.set(answer, (shares.get(answer) ?? 0) + share);
  return shares;
}
