import type { Random } from "../lib/random.ts";
import type { AugmentationParams } from "./types.ts";

/**
 * A random affine view of an image: turned, moved, stretched (each axis by itself) and slanted, by amounts
 * drawn uniformly within ± the parameters, about the image's middle. Sampled bilinearly; outside is blank.
 *
 * @param image  uint8 [rows * cols].
 * @param params null copies the image; a parameter of 0 leaves that change out, but still draws.
 * @param random six draws are taken, whatever the parameters.
 * @param out    float32, overwritten from `offset` on with rows * cols values 0..1.
 */
export function augmentInto(
  image: Uint8Array,
  rows: number,
  cols: number,
  params: AugmentationParams | null,
  random: Random,
  out: Float32Array,
  offset: number,
): void {
  if (params === null) {
    for (let i = 0; i < rows * cols; i++) out[offset + i] = image[i]! / 255;
    return;
  }
  const within = (range: number) => (2 * random.next() - 1) * range;
  const angle = (within(params.rotate_deg) * Math.PI) / 180;
  const scaleX = 1 + within(params.scale);
  const scaleY = 1 + within(params.scale);
  const shear = within(params.shear);
  const shiftX = within(params.shift_px);
  const shiftY = within(params.shift_px);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  // Output to input: first unturn, then unslant and unstretch.
  const xx = (cos - shear * sin) / scaleX;
  const xy = (sin + shear * cos) / scaleX;
  const yx = -sin / scaleY;
  const yy = cos / scaleY;
  const middleX = (cols - 1) / 2;
  const middleY = (rows - 1) / 2;
  for (let y = 0; y < rows; y++) {
    const dy = y - middleY - shiftY;
    for (let x = 0; x < cols; x++) {
      const dx = x - middleX - shiftX;
      const fromX = middleX + xx * dx + xy * dy;
      const fromY = middleY + yx * dx + yy * dy;
      out[offset + y * cols + x] = sample(image, rows, cols, fromX, fromY) / 255;
    }
  }
}

/** The value at a place between pixels, weighted by nearness to the four around it. */
function sample(image: Uint8Array, rows: number, cols: number, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < -1 || top < -1 || left >= cols || top >= rows) return 0;
  const right = x - left;
  const down = y - top;
  const hasLeft = left >= 0;
  const hasRight = left + 1 < cols;
  const at = top * cols + left;
  let value = 0;
  if (top >= 0) {
    if (hasLeft) value += image[at]! * (1 - right) * (1 - down);
    if (hasRight) value += image[at + 1]! * right * (1 - down);
  }
  if (top + 1 < rows) {
    if (hasLeft) value += image[at + cols]! * (1 - right) * down;
    if (hasRight) value += image[at + cols + 1]! * right * down;
  }
  return value;
}
