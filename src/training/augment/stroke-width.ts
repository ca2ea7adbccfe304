import type { Random } from "../../lib/random.ts";

/** How much of the way to the neighbours' maximum or minimum an image goes at most. */
const MOST_THICKER = 0.8;
const MOST_THINNER = 0.6;

/**
 * Makes the strokes thicker or thinner, in place: every pixel goes part of the way to the greatest or to the least
 * value among it and its eight neighbours (grey dilation and erosion). Outside counts as the nearest pixel.
 *
 * @param image float32 [rows * cols], ink 0..1.
 * @param random two draws are taken: which of the two, and how much.
 */
export function changeStrokeWidth(image: Float32Array, rows: number, cols: number, random: Random): void {
  const isThicker = random.next() < 0.5;
  const part = random.next() * (isThicker ? MOST_THICKER : MOST_THINNER);
  // The least value is the greatest of the negated ones; the greatest of a square that of its rows' greatest.
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
