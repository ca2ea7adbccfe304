/**
 * The natural logarithm of the e-value against "of the pairs that one model decides, at most the share `nullShare` are
 * wins", after this many wins and losses:
 *
 *   E(w, l) = 1/(1 − p₀) · ∫_{p₀}^{1} (q/p₀)^w ((1−q)/(1−p₀))^l dq
 *           = B(w+1, l+1) · P(Bin(w+l+1, p₀) ≤ w) / (p₀^w (1−p₀)^{l+1})
 *
 * It is the likelihood ratio of a share q > p₀ to p₀, mixed uniformly over q. Each factor has the mean
 * 1 + (p − p₀)(q − p₀)/(p₀(1 − p₀)) ≤ 1 for every true share p ≤ p₀, so E is a non-negative supermartingale that starts
 * at 1, and by Ville's inequality P(E ≥ 1/α at any time) ≤ α: it may be checked after each pair, for as long as one
 * likes. It depends on the counts only, so a corrected label simply changes them.
 *
 * Sources: Ville, Étude critique de la notion de collectif (1939); Robbins, Statistical methods related to the law of the
 * iterated logarithm, Ann. Math. Statist. 41 (1970), the method of mixtures; Ramdas, Grünwald, Vovk and Shafer,
 * Game-theoretic statistics and safe anytime-valid inference, Statist. Sci. 38 (2023).
 *
 * @param nullShare p₀, in (0, 1); 1/2 when the two models are equally good.
 * @throws RangeError for counts that are not whole numbers from 0, or a share outside (0, 1).
 */
export function logEvidence(wins: number, losses: number, nullShare = 0.5): number {
  if (![wins, losses].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError(`Expected counts of wins and losses, found ${wins} and ${losses}`);
  }
  if (!(nullShare > 0 && nullShare < 1))
    throw new RangeError(`nullShare must be in (0, 1), found ${nullShare}`);
  const [logP, logQ] = [Math.log(nullShare), Math.log1p(-nullShare)];
  const logBeta = logFactorial(wins) + logFactorial(losses) - logFactorial(wins + losses + 1);
  return logBeta + logBinomialCdf(wins, wins + losses + 1, logP, logQ) - wins * logP - (losses + 1) * logQ;
}

/** log P(Bin(n, p) ≤ k), summed from the largest term so that nothing underflows. */
function logBinomialCdf(k: number, n: number, logP: number, logQ: number): number {
  const terms = Array.from(
    { length: k + 1 },
    (_, i) => logFactorial(n) - logFactorial(i) - logFactorial(n - i) + i * logP + (n - i) * logQ,
  );
  let greatest = -Infinity;
  for (const term of terms) greatest = Math.max(greatest, term);
  const sum = terms.reduce((total, term) => total + Math.exp(term - greatest), 0);
  return Math.min(0, greatest + Math.log(sum));
}

/** log n! for n = 0, 1, 2, ..., as far as it was needed. */
const LOG_FACTORIALS = [0];

function logFactorial(n: number): number {
  for (let i = LOG_FACTORIALS.length; i <= n; i++) LOG_FACTORIALS.push(LOG_FACTORIALS[i - 1]! + Math.log(i));
  return LOG_FACTORIALS[n]!;
}

/**
 * The two-sided p of the exact McNemar (sign) test for a fixed number of pairs: min(1, 2 · P(Bin(w+l, 1/2) ≤ min(w, l))).
 * Valid for one look at a sample whose size was set beforehand, such as a replay; not for a trial in progress.
 *
 * Source: McNemar, Psychometrika 12 (1947), in its exact binomial form.
 */
export function signTest(wins: number, losses: number): number {
  const n = wins + losses;
  if (n === 0) return 1;
  return Math.min(1, 2 * Math.exp(logBinomialCdf(Math.min(wins, losses), n, -Math.LN2, -Math.LN2)));
}
