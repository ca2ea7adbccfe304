/**
 * How far two sets of counts over the same bins are apart. Half a count is added to each bin of both, so an empty bin
 * gives a finite value that shrinks with n (Jeffreys' prior).
 *
 *   psi = Σ (pᵢ − qᵢ) ln(pᵢ / qᵢ)
 *   js  = ½ Σ pᵢ log₂(pᵢ / mᵢ) + ½ Σ qᵢ log₂(qᵢ / mᵢ),  m = (p + q) / 2
 *
 * With samples of one distribution, psi · nm / (n + m) is about χ² with B − 1 degrees of freedom: chance alone gives
 * about (B − 1)(1/n + 1/m).
 *
 * Sources: N. Siddiqi, Credit Risk Scorecards (2006), ch. 6, for the index; B. Yurdakul, Statistical Properties of
 * Population Stability Index (2018), for its distribution; J. Lin, Divergence Measures Based on the Shannon Entropy,
 * IEEE Trans. Inf. Theory 37 (1991), for Jensen-Shannon.
 *
 * @returns psi >= 0 and js in 0..1 (bits); both 0 for equal shares.
 * @throws {RangeError} when the numbers of bins differ.
 */
export function divergenceOf(
  first: readonly number[],
  second: readonly number[],
): { psi: number; js: number } {
  if (first.length !== second.length) {
    throw new RangeError(`Cannot compare ${first.length} bins with ${second.length}`);
  }
  const p = sharesOf(first);
  const q = sharesOf(second);
  let psi = 0;
  let js = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i]! + q[i]!) / 2;
    psi += (p[i]! - q[i]!) * Math.log(p[i]! / q[i]!);
    js += (p[i]! * Math.log2(p[i]! / middle) + q[i]! * Math.log2(q[i]! / middle)) / 2;
  }
  return { psi: Math.max(0, psi), js: Math.min(1, Math.max(0, js)) };
}

function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, n) => total + n + 0.5, 0);
  return counts.map((n) => (n + 0.5) / sum);
}
