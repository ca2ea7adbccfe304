import { IMAGE_COLS, IMAGE_PIXELS } from "../../../src/digits/image-format.ts";

/**
 * Paints a raster image on a canvas of 28 × 28, in the canvas's text colour.
 * @param pixels [784], ink 255 on 0; null for none.
 */
export function paintInk(canvas: HTMLCanvasElement, pixels: ArrayLike<number> | null): void {
  const context = canvas.getContext("2d")!;
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (pixels === null) return;
  context.fillStyle = getComputedStyle(canvas).color;
  for (let i = 0; i < IMAGE_PIXELS; i++) {
    const ink = pixels[i] ?? 0;
    if (ink === 0) continue;
    context.globalAlpha = ink / 255;
    context.fillRect(i % IMAGE_COLS, Math.floor(i / IMAGE_COLS), 1, 1);
  }
  context.globalAlpha = 1;
}
