import { FarthestFirst, type Point } from "./farthest-first.ts";
import type { PoolScorerOptions } from "./pool-scorer-options.ts";

/** Drawings that are put in the order `diversity`. */
const MAX_RANKED = 200;
/** Drawings that they are chosen from. */
const MAX_CANDIDATES = 5_000;
/** Labelled drawings that they keep away from: the newest. */
const MAX_COVERED = 1_000;
/** With fewer left, and others in the pool, the order is made again. */
const REFILL = 50;
/** Images whose features are computed between two pauses. */
const TOGETHER = 2;
/** Steps of the traversal between two pauses. */
const STEPS = 2;

/**
 * Puts drawings of the pool in the order `diversity`, when there is none of the live model, or few are left of it.
 * @param unlabelled number of drawings in the pool.
 */
export async function rankPool(options: PoolScorerOptions, unlabelled: number): Promise<void> {
  const { store, live, newSeed } = options;
  const modelVersion = live.version();
  const before = await store.ranking();
  const isCurrent = before !== null && before.modelVersion === modelVersion;
  if (isCurrent && before.left >= Math.min(REFILL, unlabelled)) return;
  const seed = newSeed();
  const points = await pointsOf(options, await store.draw(seed, MAX_CANDIDATES));
  if (points === null || live.version() !== modelVersion) return;
  const labelled = await options.labelled(MAX_COVERED);
  const ids = await traverse(options, points, labelled, seed);
  // The features of two models cannot be compared: the next turn makes the order again.
  if (ids === null || live.version() !== modelVersion) return;
  await store.putRanking(ids, {
    ...{ seed, modelVersion, candidates: points.length, covered: labelled.length },
  });
}

/** @returns null when the server stops. */
async function pointsOf(
  { store, live, pause }: PoolScorerOptions,
  ids: readonly string[],
): Promise<Point[] | null> {
  const points: Point[] = [];
  for (let from = 0; from < ids.length; from += TOGETHER) {
    const images = await store.images(ids.slice(from, from + TOGETHER));
    const features = await live.features(images.map(({ pixels }) => pixels));
    points.push(...images.map(({ id }, n) => ({ id, features: features[n]! })));
    if (!(await pause())) return null;
  }
  return points;
}

/** @returns the ids in their order; null when the server stops. */
async function traverse(
  { live, pause }: PoolScorerOptions,
  points: readonly Point[],
  labelled: readonly Uint8Array[],
  seed: number,
): Promise<string[] | null> {
  const order = new FarthestFirst(points, (seed >>> 0) / 2 ** 32);
  for (let from = 0; from < labelled.length; from += TOGETHER) {
    const features = await live.features(labelled.slice(from, from + TOGETHER));
    for (const one of features) order.cover(one);
    if (!(await pause())) return null;
  }
  const ids: string[] = [];
  while (ids.length < Math.min(MAX_RANKED, points.length)) {
    ids.push(order.pick()!.id);
    if (ids.length % STEPS === 0 && !(await pause())) return null;
  }
  return ids;
}
