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
  const draw = clusters === null ? () => itemDraw(change, random) : () => clusterDraw(clusters, random);
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

type Draws = ReturnType<typeof createRandom>;

function itemDraw(change: Int8Array, random: Draws): number {
  const n = change.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += change[Math.floor(random.next() * n)]!;
  return sum / n;
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
