import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";

/** The look of a drawing, independent of its class. */
export interface StrokeFeatures {
  /** Mean darkness of the image, 0..1. */
  ink: number;
  /** Mean width of the strokes, pixels of the image. */
  strokeWidth: number;
  /** log2 of width : height of the ink. */
  aspect: number;
  /** Degrees by which vertical strokes lean, positive when the top is to the right; in (-90, 90). */
  slant: number;
}

/** Half of black: what is at least this dark is ink. */
const INK = 128;

/**
 * Measures an image. All values are of the 28 × 28 image that the model sees, so drawings, imported images and MNIST are
 * comparable.
 *
 *   ink         = Σ pixel / (255 · 784)
 *   strokeWidth = 2 · area / perimeter of the pixels of at least half ink; a long bar of width w has area w · l and
 *                 perimeter 2 · l + 2 · w, so this is w · l / (l + w): close to w for a stroke, never above it
 *   aspect      = log2(width / height) of the box around these pixels
 *   slant       = atan(−μ₁₁ / μ₀₂), the shear that makes the second moment around the centre of ink vertical: the
 *                 deskewing of MNIST. Source: LeCun et al., Gradient-Based Learning Applied to Document Recognition
 *                 (1998), III.A.
 *
 * @param pixels uint8 [784], ink 255 on 0.
 * @returns null for an image without ink, which has none of these.
 */
export function strokeFeatures(pixels: Uint8Array): StrokeFeatures | null {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  let area = 0;
  let perimeter = 0;
  let left = IMAGE_COLS;
  let right = -1;
  let top = IMAGE_ROWS;
  let bottom = -1;
  for (let y = 0, i = 0; y < IMAGE_ROWS; y++) {
    for (let x = 0; x < IMAGE_COLS; x++, i++) {
      const value = pixels[i]!;
      if (value === 0) continue;
      sum += value;
      sumX += value * x;
      sumY += value * y;
      if (value < INK) continue;
      area += 1;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
      if (x === 0 || pixels[i - 1]! < INK) perimeter += 1;
      if (x === IMAGE_COLS - 1 || pixels[i + 1]! < INK) perimeter += 1;
      if (y === 0 || pixels[i - IMAGE_COLS]! < INK) perimeter += 1;
      if (y === IMAGE_ROWS - 1 || pixels[i + IMAGE_COLS]! < INK) perimeter += 1;
    }
  }
  if (area === 0) return null;
  return {
    ink: sum / (255 * IMAGE_PIXELS),
    strokeWidth: (2 * area) / perimeter,
    aspect: Math.log2((right - left + 1) / (bottom - top + 1)),
    slant: slantOf(pixels, sumX / sum, sumY / sum),
  };
}

/** @param meanX, meanY the centre of the ink. */
function slantOf(pixels: Uint8Array, meanX: number, meanY: number): number {
  let xy = 0;
  let yy = 0;
  for (let y = 0, i = 0; y < IMAGE_ROWS; y++) {
    const dy = y - meanY;
    for (let x = 0; x < IMAGE_COLS; x++, i++) {
      const value = pixels[i]!;
      if (value === 0) continue;
      xy += value * (x - meanX) * dy;
      yy += value * dy * dy;
    }
  }
  // y grows downwards: a top that leans to the right has a negative moment.
  return yy === 0 ? 0 : (Math.atan2(-xy, yy) * 180) / Math.PI;
}
