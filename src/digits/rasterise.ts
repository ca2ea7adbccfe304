import type { Drawing, Stroke } from "../domain/drawing.ts";
import { EmptyInkError } from "./errors.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "./image-format.ts";
import { scaleToInkBox } from "./ink-box.ts";
import { inkGrid, inkRuns } from "./ink-grid.ts";
import { SUBPIXELS } from "./ink-scale.ts";
import { withoutStray } from "./stray-strokes.ts";

/**
 * Renders the strokes, without stray ones (`strayStrokes`), in the way MNIST's digits were made: the ink is scaled so that its long side is 20 px
 * (aspect ratio kept, pen included), redrawn with a round pen of constant width, anti-aliased by averaging
 * 8×8 subpixels, and its centre of mass is moved to pixel (14, 14), counted from 0, to the nearest subpixel.
 *
 * A dot (no extent in either direction) becomes one pen point, because there is nothing to scale. If the centre of
 * mass is so far from the middle of the box that the ink does not fit, the ink is clipped, as in MNIST.
 *
 * Only + − × ÷ and square root are used, all exact in IEEE 754, so every JavaScript engine returns the
 * same bytes and the browser shows what the server sees. Never use sin, exp, hypot or pow here. A change of
 * the result requires a new `PREPROCESSING_VERSION`.
 *
 * @param drawing any finite coordinates and any canvas: neither size nor position matters.
 * @returns uint8 [784], row-major, ink 255 on 0.
 * @throws {EmptyInkError} when no stroke has a point.
 *
 * Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits: "size normalized to fit in a
 * 20x20 pixel box while preserving their aspect ratio", "computing the center of mass of the pixels, and
 * translating the image so as to position this point at the center of the 28x28 field".
 */
export function rasterise(drawing: Drawing): Uint8Array {
  return rasteriseAll(withoutStray(drawing.strokes));
}

/** Renders every stroke, stray ones included; otherwise as `rasterise`. */
export function rasteriseAll(drawn: readonly Stroke[]): Uint8Array {
  const strokes = scaleToInkBox(drawn);
  if (strokes.length === 0) throw new EmptyInkError("The drawing is empty: draw a digit first");
  const grid = inkGrid(strokes);
  const { x, y } = massCentre(grid);
  const left = Math.round((MASS_CENTRE_PX + 0.5) * SUBPIXELS - x);
  const top = Math.round((MASS_CENTRE_PX + 0.5) * SUBPIXELS - y);
  return averageDown(grid, left, top);
}

/** In pixel indices, where a whole number is the centre of a pixel; the average of MNIST's own images. */
const MASS_CENTRE_PX = 14;

/** Returns the mean position of the inked subpixels, in subpixels; the centre of the first one is at 0.5. */
function massCentre(grid: Uint32Array): { x: number; y: number } {
  // All of these sums are exact: multiples of a half, far below 2^52.
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  inkRuns(grid, (y, begin, end) => {
    mass += end - begin;
    sumX += ((end - begin) * (begin + end)) / 2;
    sumY += (end - begin) * (y + 0.5);
  });
  return { x: sumX / mass, y: sumY / mass };
}

/** Returns the share of inked subpixels in each pixel, as 0..255, with the grid's corner at the given subpixel. */
function averageDown(grid: Uint32Array, left: number, top: number): Uint8Array {
  const counts = new Uint8Array(IMAGE_PIXELS);
  inkRuns(grid, (y, begin, end) => {
    const imageY = Math.floor((y + top) / SUBPIXELS);
    if (imageY < 0 || imageY >= IMAGE_ROWS) return;
    const last = Math.min(end + left, IMAGE_COLS * SUBPIXELS);
    let x = Math.max(begin + left, 0);
    while (x < last) {
      const imageX = Math.floor(x / SUBPIXELS);
      const next = Math.min(last, (imageX + 1) * SUBPIXELS);
      counts[imageY * IMAGE_COLS + imageX]! += next - x;
      x = next;
    }
  });
  const full = SUBPIXELS * SUBPIXELS;
  // A loop, because `map` takes five times as long, an eighth of the whole rendering.
  for (let i = 0; i < IMAGE_PIXELS; i++) counts[i] = Math.round((255 * counts[i]!) / full);
  return counts;
}
