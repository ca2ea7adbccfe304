import { type ImageSet, NO_CLASS } from "../domain/image-set.ts";
import { createRandom } from "../lib/random.ts";

/**
 * Checks that a set is valid.
 *
 * @param what names the set in errors, as in "the training set".
 * @param K    number of classes.
 * @param mayHaveOthers whether images of none of the classes, labelled `NO_CLASS`, are allowed.
 * @throws {RangeError} when it is empty, its sizes disagree, or a label is outside [0, K).
 */
export function requireImages(set: ImageSet, what: string, K: number, mayHaveOthers = false): void {
  const n = set.labels.length;
  if (n === 0) throw new RangeError(`Cannot use ${what}: it is empty`);
  const expected = n * set.rows * set.cols;
  if (set.images.length !== expected) {
    throw new RangeError(
      `Cannot use ${what}: ${n} labels need ${expected} pixels of ${set.rows}x${set.cols}, found ${set.images.length}`,
    );
  }
  const bad = set.labels.findIndex((label) => label >= K && !(mayHaveOthers && label === NO_CLASS));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot use ${what}: label ${set.labels[bad]} of image ${bad} is not one of ${K} classes`,
    );
  }
}

/** @throws {RangeError} when the images are not of the size that the model takes. */
export function requireSize(set: ImageSet, what: string, rows: number, cols: number): void {
  if (set.rows !== rows || set.cols !== cols) {
    throw new RangeError(
      `Cannot use ${what}: its images are ${set.rows}x${set.cols} px, the model takes ${rows}x${cols}`,
    );
  }
}

/** Copies of the images at these indices, in their order. */
export function imagesAt({ rows, cols, ...set }: ImageSet, indices: ArrayLike<number>): ImageSet {
  const pixels = rows * cols;
  const images = new Uint8Array(indices.length * pixels);
  const labels = new Uint8Array(indices.length);
  for (let n = 0; n < indices.length; n++) {
    const index = indices[n]!;
    images.set(set.images.subarray(index * pixels, (index + 1) * pixels), n * pixels);
    labels[n] = set.labels[index]!;
  }
  return { rows, cols, images, labels };
}

/** Draws `count` images by the seed. A greater count draws the same images and more, so cached outputs remain useful. */
export function drawImages(set: ImageSet, count: number, seed: number): ImageSet {
  const order = Uint32Array.from(set.labels, (_, i) => i);
  return imagesAt(set, createRandom(seed).fork("replay").shuffle(order).subarray(0, count));
}
