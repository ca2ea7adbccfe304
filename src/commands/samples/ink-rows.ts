import type { ImageRow } from "../../datasets/images/read-images.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../digits/image-format.ts";
import { type ImageSet, NO_CLASS } from "../../domain/image-set.ts";

/** A row with ink. */
export type InkRow = ImageRow & { pixels: Uint8Array };

/** Converts rows to an image set. Rows without a label are labelled `NO_CLASS`; all other labels must be classes. */
export function imageSetOf(rows: readonly InkRow[], classes: readonly string[]): ImageSet {
  const images = new Uint8Array(rows.length * IMAGE_PIXELS);
  rows.forEach((row, n) => {
    images.set(row.pixels, n * IMAGE_PIXELS);
  });
  const labels = Uint8Array.from(rows, ({ label }) => (label === null ? NO_CLASS : classes.indexOf(label)));
  return { rows: IMAGE_ROWS, cols: IMAGE_COLS, images, labels };
}
