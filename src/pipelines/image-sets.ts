import type { ImageSet } from "../domain/image-set.ts";
import { createRandom } from "../lib/random.ts";

/** Copies the images at these indices, in their order. */
export function take(set: ImageSet, indices: Uint32Array): ImageSet {
  const pixels = set.rows * set.cols;
  const images = new Uint8Array(indices.length * pixels);
  const labels = new Uint8Array(indices.length);
  indices.forEach((from, to) => {
    images.set(set.images.subarray(from * pixels, (from + 1) * pixels), to * pixels);
    labels[to] = set.labels[from]!;
  });
  return { rows: set.rows, cols: set.cols, images, labels };
}

/** Concatenates image sets. @param sets at least one; all of the same image size. */
export function join(...sets: readonly ImageSet[]): ImageSet {
  const { rows, cols } = sets.at(-1)!;
  const images = new Uint8Array(sets.reduce((sum, set) => sum + set.images.length, 0));
  const labels = new Uint8Array(sets.reduce((sum, set) => sum + set.labels.length, 0));
  let filled = 0;
  for (const set of sets) {
    images.set(set.images, filled * rows * cols);
    labels.set(set.labels, filled);
    filled += set.labels.length;
  }
  return { rows, cols, images, labels };
}

/**
 * Splits a set at random by the seed; every image is in exactly one part.
 * @param fraction of the second part, in [0, 1); rounded to whole images.
 * @returns both parts; the second is null when it would be empty.
 */
export function splitAtRandom(set: ImageSet, fraction: number, seed: number): [ImageSet, ImageSet | null] {
  const n = set.labels.length;
  const kept = n - Math.round(n * fraction);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  createRandom(seed).fork("validation split").shuffle(order);
  // In the order of the file, so that neighbours in memory stay neighbours.
  const first = take(set, order.subarray(0, kept).sort());
  return [first, kept === n ? null : take(set, order.subarray(kept).sort())];
}

/** The digits that MNIST has images of. */
const MNIST_DIGITS = 10;

/** Whether MNIST has images of a class, which is true for "0" to "9". */
export function isMnistClass(name: string): boolean {
  return /^[0-9]$/.test(name);
}

/**
 * MNIST's images of the digits that are classes, with indices into `classes` as labels. Empty when no digit is a class.
 * @param set labels are digits.
 */
export function labelByClass(set: ImageSet, classes: readonly string[]): ImageSet {
  const indexOf = Array.from({ length: MNIST_DIGITS }, (_, digit) => classes.indexOf(String(digit)));
  const isClass = (digit: number) => (indexOf[digit] ?? -1) >= 0;
  const kept = set.labels.every(isClass)
    ? set
    : take(
        set,
        Uint32Array.from(set.labels.keys()).filter((i) => isClass(set.labels[i]!)),
      );
  return { ...kept, labels: kept.labels.map((digit) => indexOf[digit]!) };
}
