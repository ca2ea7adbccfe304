import { type ImageSet, NO_CLASS } from "../digits/types.ts";

/**
 * Makes sure that a set is what its type says.
 *
 * @param what names the set in errors, as in "the training set".
 * @param K    number of classes.
 * @param mayHaveOthers whether images of none of the classes, labelled `NO_CLASS`, are welcome.
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

/** @throws {RangeError} when the images have another size than the model takes. */
export function requireSize(set: ImageSet, what: string, rows: number, cols: number): void {
  if (set.rows !== rows || set.cols !== cols) {
    throw new RangeError(
      `Cannot use ${what}: its images are ${set.rows}x${set.cols} px, the model takes ${rows}x${cols}`,
    );
  }
}
