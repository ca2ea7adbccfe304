import { createRandom } from "../../lib/random.ts";

/** Number of resamples: enough for the second digit of a 95 % interval. */
const RESAMPLES = 1_000;

/**
 * The 95 % interval of the difference in accuracy of two models on the same items, by the percentile bootstrap. Items
 * of one writer are alike, so writers are resampled rather than items, where they are known.
 *
 * @param change [N]: 1 where only the candidate is right, −1 where only the other model is, otherwise 0.
 * @param groups [N]: equal for items of the same writer; null resamples items.
 * @returns shares, −1..1; both 0 when there are no items.
 *
 * Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 8.3 (clusters).
 */
export function bootstrapDifference(
  change: Int8Array,
  groups: Uint32Array | null,
  seed: number,
): { low: number; high: number } {
  const clusters = groups === null ? null : clustersOf(change, groups);
  const random = createRandom(seed).fork("bootstrap");
  const counts = countsOf(change);
  const draw = clusters === null ? () => itemDraw(counts, random) : () => clusterDraw(clusters, random);
  if (change.length === 0) return { low: 0, high: 0 };
  const differences = Float64Array.from({ length: RESAMPLES }, draw).sort();
  const at = (share: number) => differences[Math.round(share * (RESAMPLES - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}

interface Cluster {
  sum: number;
  n: number;
}

function clustersOf(change: Int8Array, groups: Uint32Array): Cluster[] {
  const clusters = new Map<number, Cluster>();
  for (let i = 0; i < change.length; i++) {
    const cluster = clusters.get(groups[i]!) ?? { sum: 0, n: 0 };
    cluster.sum += change[i]!;
    cluster.n++;
    clusters.set(groups[i]!, cluster);
  }
  return [...clusters.values()];
}

function countsOf(change: Int8Array): Counts {
  const number = (value: number) => change.reduce((sum, one) => sum + Number(one === value), 0);
  return { n: change.length, fixed: number(1), broken: number(-1) };
}

type Draws = ReturnType<typeof createRandom>;

/**
 * One resample of n items with replacement. Only the draws that hit an item that changed count, so the others are
 * skipped: the number of draws from one hit to the next is geometric.
 */
function itemDraw({ n, fixed, broken }: Counts, random: Draws): number {
  const share = (fixed + broken) / n;
  if (share === 0) return 0;
  let sum = 0;
  for (let at = skip(share, random); at < n; at += 1 + skip(share, random)) {
    sum += random.next() * (fixed + broken) < fixed ? 1 : -1;
  }
  return sum / n;
}

/** Number of misses before the next hit, where each draw hits with this probability. */
function skip(share: number, random: Draws): number {
  return share >= 1 ? 0 : Math.floor(Math.log(1 - random.next()) / Math.log(1 - share));
}

interface Counts {
  n: number;
  fixed: number;
  broken: number;
}

function clusterDraw(clusters: readonly Cluster[], random: Draws): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < clusters.length; i++) {
    const cluster = clusters[Math.floor(random.next() * clusters.length)]!;
    sum += cluster.sum;
    n += cluster.n;
  }
  return sum / n;
}
