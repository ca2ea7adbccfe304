/** Factorials up to this one are summed; above, Stirling's series is accurate to 1e-12. */
const SUMMED = 64;

const SMALL = logFactorials();

function logFactorials(): Float64Array {
  const table = new Float64Array(SUMMED);
  for (let n = 1; n < SUMMED; n++) table[n] = table[n - 1]! + Math.log(n);
  return table;
}

/** log n!, by Stirling's series for large n. */
function logFactorial(n: number): number {
  if (n < SUMMED) return SMALL[n]!;
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/**
 * Fisher's exact test, one-sided: the probability that a group of n drawings has at least `wrong` of all mistakes, if
 * every drawing is equally likely to be one (the hypergeometric distribution).
 *
 * @param group  its drawings and mistakes.
 * @param others those of all others.
 * @returns p, 0..1.
 * @throws {RangeError} when there are more mistakes than drawings.
 *
 * Source: A. Agresti, Categorical Data Analysis, 3rd ed., 3.5.1.
 */
export function moreMistakes(
  group: { n: number; wrong: number },
  others: { n: number; wrong: number },
): number {
  for (const { n, wrong } of [group, others])
    if (wrong > n || wrong < 0) throw new RangeError(`Found ${wrong} mistakes in ${n} drawings`);
  const [N, K, n] = [group.n + others.n, group.wrong + others.wrong, group.n];
  const most = Math.min(n, K);
  let term = Math.exp(logChoose(K, group.wrong) + logChoose(N - K, n - group.wrong) - logChoose(N, n));
  let p = 0;
  for (let k = group.wrong; k <= most; k++) {
    p += term;
    term *= ((K - k) * (n - k)) / ((k + 1) * (N - K - n + k + 1));
  }
  return Math.min(1, p);
}

/**
 * p-values adjusted for their number by Holm's method: those below α are significant together at level α.
 *
 * Source: S. Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6 (1979).
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]!);
  const adjusted = new Array<number>(ps.length).fill(1);
  let above = 0;
  order.forEach((i, rank) => {
    above = Math.max(above, Math.min(1, ps[i]! * (ps.length - rank)));
    adjusted[i] = above;
  });
  return adjusted;
}
