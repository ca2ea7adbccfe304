// biome-ignore-all lint/complexity/useMathMinMax: a comparison is faster than Math.min and Math.max in these loops.
import type { Random } from "../../lib/random.ts";

/**
 * Makes an image look like a poor scan, in place: a brighter background, lower contrast, grain, specks and blur are
 * each applied to some images, by random amounts.
 *
 * @param image float32 [rows * cols], ink 0..1; values stay in that range.
 */
export function disturb(image: Float32Array, rows: number, cols: number, random: Random): void {
  const sometimes = (share: number, most: number) => (random.next() < share ? most * random.next() : 0);
  if (random.next() < 0.25) blur(image, rows, cols);
  const background = sometimes(0.5, 0.4);
  const contrast = (1 - background) * (1 - sometimes(0.5, 0.5));
  const grain = sometimes(0.7, 0.35);
  const specks = sometimes(0.5, 0.12);
  for (let i = 0; i < image.length; i++) {
    let value = background + contrast * image[i]!;
    if (grain > 0) value += grain * (random.next() + random.next() - 1);
    if (specks > 0) {
      const draw = random.next();
      if (draw < specks) value = draw < specks / 2 ? 1 : 0;
    }
    image[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
}

/** Replaces each pixel by the mean of itself and those of its eight neighbours that are inside the image. */
function blur(image: Float32Array, rows: number, cols: number): void {
  const source = Float32Array.from(image);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++) {
      let sum = 0;
      let count = 0;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(cols - 1, x + 1); nx++) {
          sum += source[ny * cols + nx]!;
          count += 1;
        }
      }
      image[y * cols + x] = sum / count;
    }
  }
}
