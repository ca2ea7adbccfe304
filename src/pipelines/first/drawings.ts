import type { ImageSet } from "../../domain/image-set.ts";
import { createRandom, type Random } from "../../lib/random.ts";
import { syntheticLetters } from "../../synthesis/synthetic-set.ts";
import { join, take } from "../image-sets.ts";
import type { FirstParams } from "./first-params.ts";

/** With fewer writers or sessions, validating on some of them would cost more than it is worth. */
const MIN_GROUPS = 5;
/** With fewer validation drawings, the best epoch would be a matter of luck. */
const MIN_VALIDATION = 30;
/** Least number of MNIST images of each digit in an epoch: with digits, the gate requires accuracy on MNIST. */
const MIN_MNIST = 1_500;

/**
 * Chooses some writers or sessions for validation by the seed, so that no writer is on both sides.
 * @param groups [N], equal for drawings of the same writer or session.
 * @param fraction of the groups, in [0, 1).
 * @returns both sides. `valid` is null, and `train` has all drawings, when there are too few groups or drawings, or
 *   when a class would lose all of its drawings.
 */
export function splitByGroup(
  set: ImageSet,
  groups: Uint32Array,
  fraction: number,
  seed: number,
): { train: ImageSet; valid: ImageSet | null } {
  const all = [...new Set(groups)];
  const count = Math.round(all.length * fraction);
  const random = createRandom(seed).fork("validation groups");
  const validating = new Set(random.shuffle(all).slice(0, count));
  const indices = (side: boolean) =>
    Uint32Array.from(set.labels.keys()).filter((i) => validating.has(groups[i]!) === side);
  const [train, valid] = [take(set, indices(false)), take(set, indices(true))];
  const isWhole = new Set(train.labels).size === new Set(set.labels).size;
  if (all.length < MIN_GROUPS || valid.labels.length < MIN_VALIDATION || !isWhole)
    return { train: set, valid: null };
  return { train, valid };
}

/**
 * Returns the same number of images of each class: all drawings, then MNIST's images where a class is a digit, chosen
 * by the seed; where these are too few, drawings are repeated.
 *
 * @param K number of classes. A class without images has none in the result either.
 * @param images in total, shared evenly; every drawing appears at least once.
 * @param synthetic drawings of some classes, all of which are used; people's drawings fill the rest.
 */
export function balanced(
  drawings: ImageSet,
  mnist: ImageSet,
  K: number,
  images: number,
  seed: number,
  synthetic: ImageSet | null = null,
): ImageSet {
  const random = createRandom(seed).fork("balance");
  const share = Math.ceil(images / K);
  const perClass = mnist.labels.length === 0 ? share : Math.max(share, MIN_MNIST);
  const sets = synthetic === null ? [mnist, drawings] : [mnist, drawings, synthetic];
  const offset = mnist.labels.length;
  const picked: number[] = [];
  for (let k = 0; k < K; k++) {
    const own = indicesOf(drawings, k).map((i) => i + offset);
    if (own.length + indicesOf(mnist, k).length === 0) continue;
    const drawn = synthetic === null ? [] : indicesOf(synthetic, k);
    picked.push(...drawn.map((i) => i + offset + drawings.labels.length));
    const more = Array.from(random.shuffle(Uint32Array.from(indicesOf(mnist, k))));
    picked.push(...fillUp([...own, ...more], own.length, perClass - drawn.length, random));
  }
  return take(join(...sets), Uint32Array.from(picked));
}

/** Draws the synthetic letters of an epoch. */
export function lettersFor(
  { images, letters }: Pick<FirstParams, "images" | "letters">,
  classes: readonly string[],
  seed: number,
): ImageSet {
  return syntheticLetters(Math.round(letters * Math.ceil(images / classes.length)), classes, seed);
}

/** The first `count` indices, but at least `least`; when there are fewer, all of them repeatedly, each round shuffled. */
function fillUp(indices: readonly number[], least: number, count: number, random: Random): number[] {
  const filled = indices.slice(0, Math.max(least, count));
  while (filled.length < count) {
    filled.push(...Array.from(random.shuffle(Uint32Array.from(indices))).slice(0, count - filled.length));
  }
  return filled;
}

function indicesOf(set: ImageSet, k: number): number[] {
  return Array.from(set.labels.keys()).filter((i) => set.labels[i] === k);
}
