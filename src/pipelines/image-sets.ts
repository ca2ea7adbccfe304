import type { ImageSet } from "../digits/types.ts";
import { InputError } from "../lib/errors.ts";
import { createRandom } from "../lib/random.ts";

/** Copies of the images at these indices, in their order. */
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

/**
 * Two parts of a set, drawn at random by the seed: every image is in exactly one.
 * @param fraction of the second part, in [0, 1); rounded to whole images.
 * @returns the second part as null when it would be empty.
 */
export function splitAtRandom(set: ImageSet, fraction: number, seed: number): [ImageSet, ImageSet | null] {
  const n = set.labels.length;
  const kept = n - Math.round(n * fraction);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  createRandom(seed).fork("validation split").shuffle(order);
  // In the order of the file: neighbours in memory stay neighbours.
  const first = take(set, order.subarray(0, kept).sort());
  return [first, kept === n ? null : take(set, order.subarray(kept).sort())];
}

/**
 * A set whose labels are digits, with indices into `classes` in their place.
 * @throws InputError when a digit is not one of the classes.
 */
export function labelByClass(set: ImageSet, classes: readonly string[]): ImageSet {
  const labels = set.labels.map((digit) => {
    const index = classes.indexOf(String(digit));
    if (index < 0) {
      throw new InputError(
        `MNIST has the digit ${digit}, which is not one of the classes (${classes.join(", ")})`,
      );
    }
    return index;
  });
  return { ...set, labels };
}
