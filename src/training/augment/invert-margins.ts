import type { Random } from "../../lib/random.ts";

/** Largest width of an inverted margin, as a share of the image's side. */
const WIDEST = 0.3;

/**
 * Inverts one to four margins, in place, as a dark table or a shadow beside the paper does: ink becomes blank and blank
 * ink, in a strip along each chosen side. One side is chosen in any case, and each other one in 40 % of the images; each
 * strip is 1 pixel to 30 % of the side wide. Where strips cross, the image is inverted once.
 *
 * @param image float32 [rows * cols], ink 0..1.
 */
export function invertMargins(image: Float32Array, rows: number, cols: number, random: Random): void {
  const width = (side: number) => 1 + random.int(Math.max(1, Math.floor(WIDEST * side)));
  const certain = random.int(4);
  const margin = (number: number, side: number) =>
    number === certain || random.next() < 0.4 ? width(side) : 0;
  const left = margin(0, cols);
  const right = margin(1, cols);
  const top = margin(2, rows);
  const bottom = margin(3, rows);
  for (let y = 0, at = 0; y < rows; y++) {
    const isRow = y < top || y >= rows - bottom;
    for (let x = 0; x < cols; x++, at++) {
      if (isRow || x < left || x >= cols - right) image[at] = 1 - image[at]!;
    }
  }
}
