import { transposed } from "../../datasets/images/read-images.ts";
import { IMAGE_PIXELS } from "../../digits/image-format.ts";
import type { InkRow } from "./ink-rows.ts";

/** Fewer images say too little. */
export const MIN_IMAGES = 50;
/** The accuracy by which the transposed reading must be better, 0..1; less a rounding error. */
const MIN_GAIN = 0.2 - 1e-9;

/**
 * Compares a file's images with the same images with rows and columns exchanged, as EMNIST's files have them. A model
 * that reads the latter much better says that the file is stored that way.
 *
 * @param rows rows with a label. Drawings do not count: strokes cannot be stored transposed.
 * @param accuracyOf the share of rows, 0..1, that a model reads as labelled.
 * @returns the warning, or null.
 */
export async function orientationWarning(
  file: string,
  rows: readonly InkRow[],
  accuracyOf: (rows: readonly InkRow[]) => Promise<number>,
): Promise<string | null> {
  const scanned = rows.filter(({ drawing, pixels }) => drawing === null && pixels.length === IMAGE_PIXELS);
  if (scanned.length < MIN_IMAGES) return null;
  const accuracy = await accuracyOf(scanned);
  if (accuracy + MIN_GAIN > 1) return null;
  const other = await accuracyOf(scanned.map((row) => ({ ...row, pixels: transposed(row.pixels) })));
  if (other < accuracy + MIN_GAIN) return null;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return `${file}: with rows and columns exchanged, the model reads ${percent(other)} of ${scanned.length} images as labelled instead of ${percent(accuracy)}. If they are stored column by column, give --transpose`;
}
