// biome-ignore-all lint/complexity/useMathMinMax: a comparison is faster than Math.min and Math.max in these loops.
import type { Random } from "../../lib/random.ts";

/** Largest share of the distance to the neighbours' maximum or minimum that a pixel moves. */
const MOST_THICKER = 0.8;
const MOST_THINNER = 0.6;

/**
 * Makes the strokes thicker or thinner, in place: every pixel moves part of the way to the maximum or to the minimum
 * of itself and its eight neighbours (grey dilation and erosion). Outside the image, the nearest pixel counts.
 *
 * @param image float32 [rows * cols], ink 0..1.
 * @param random takes two draws: thicker or thinner, and by how much.
 */
export function changeStrokeWidth(image: Float32Array, rows: number, cols: number, random: Random): void {
  const isThicker = random.next() < 0.5;
  const part = random.next() * (isThicker ? MOST_THICKER : MOST_THINNER);
  // The minimum is the negated maximum of the negated values; a square's maximum is that of its rows' maxima.
  const sign = isThicker ? 1 : -1;
  const along = new Float32Array(rows * cols);
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++, at++) {
      const left = sign * image[x > 0 ? at - 1 : at]!;
      const right = sign * image[x + 1 < cols ? at + 1 : at]!;
      const own = sign * image[at]!;
      const side = left > right ? left : right;
      along[at] = own > side ? own : side;
    }
  }
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++, at++) {
      const above = along[y > 0 ? at - cols : at]!;
      const below = along[y + 1 < rows ? at + cols : at]!;
      const own = along[at]!;
      const side = above > below ? above : below;
      image[at]! += part * (sign * (own > side ? own : side) - image[at]!);
    }
  }
}
