import { rasteriseAll } from "../digits/rasterise.ts";
import type { Point } from "../domain/drawing.ts";
import type { ImageSet } from "../domain/image-set.ts";
import { thin } from "./thin.ts";

/** Pixels of the enlarged image for each pixel; thinning is finer than the pen. */
const ENLARGED = 2;
/** Enlarged pixels around the image that stay blank. */
const MARGIN = 1;
/** Values from this on are ink. */
const INK = 110;
/** How often each point of a line moves to the mean of itself and its neighbours, against the steps of the pixels. */
const SMOOTHINGS = 2;

/**
 * Draws scanned digits again as if they had been drawn on the page: the middle lines of their strokes, with the pen of
 * `rasterise`. Scans have strokes of many widths, drawings of one.
 *
 * @param set not changed. An image without lines, blank or with specks only, stays as it is.
 * @returns as many images, with the same labels.
 */
export function redrawn(set: ImageSet): ImageSet {
  const { rows, cols } = set;
  const images = Uint8Array.from(set.images);
  for (let n = 0; n < set.labels.length; n++) {
    const image = set.images.subarray(n * rows * cols, (n + 1) * rows * cols);
    const strokes = middleLines(image, rows, cols);
    if (strokes.length > 0) images.set(rasteriseAll(strokes), n * rows * cols);
  }
  return { ...set, images };
}

/** The middle lines of the ink, as one short stroke for each two neighbouring points, or for a point on its own. */
export function middleLines(image: Uint8Array, rows: number, cols: number): Point[][] {
  const width = ENLARGED * cols + 2 * MARGIN;
  const height = ENLARGED * rows + 2 * MARGIN;
  const ink = enlarge(image, rows, cols, width, height);
  thin(ink, width);
  const places: number[] = [];
  for (let at = 0; at < ink.length; at++) if (ink[at] === 1) places.push(at);
  const steps = [-width - 1, -width, 1 - width, -1, 1, width - 1, width, width + 1];
  const neighbours = new Map(
    places.map((at) => [at, steps.map((step) => at + step).filter((to) => ink[to] === 1)]),
  );
  const x = new Float64Array(ink.length);
  const y = new Float64Array(ink.length);
  for (const at of places) {
    x[at] = at % width;
    y[at] = Math.floor(at / width);
  }
  for (let round = 0; round < SMOOTHINGS; round++) {
    const [oldX, oldY] = [x.slice(), y.slice()];
    for (const at of places) {
      const [one, other, third] = neighbours.get(at)!;
      // Ends stay where they are, or lines would shrink; so do crossings.
      if (other === undefined || third !== undefined) continue;
      x[at] = (oldX[at]! + oldX[one!]! + oldX[other]!) / 3;
      y[at] = (oldY[at]! + oldY[one!]! + oldY[other]!) / 3;
    }
  }
  const point = (at: number): Point => [x[at]!, y[at]!];
  return places.flatMap((at): Point[][] => {
    const others = neighbours.get(at)!;
    if (others.length === 0) return [[point(at)]];
    return others.filter((other) => other > at).map((other) => [point(at), point(other)]);
  });
}

/** Enlarges an image by linear interpolation, with a blank margin. @returns uint8, 1 where there is ink. */
function enlarge(image: Uint8Array, rows: number, cols: number, width: number, height: number): Uint8Array {
  const at = (y: number, x: number) => (y < 0 || x < 0 || y >= rows || x >= cols ? 0 : image[y * cols + x]!);
  const ink = new Uint8Array(width * height);
  for (let y = MARGIN; y < height - MARGIN; y++) {
    const fromY = (y - MARGIN + 0.5) / ENLARGED - 0.5;
    const top = Math.floor(fromY);
    for (let x = MARGIN; x < width - MARGIN; x++) {
      const fromX = (x - MARGIN + 0.5) / ENLARGED - 0.5;
      const left = Math.floor(fromX);
      const part = fromX - left;
      const above = at(top, left) * (1 - part) + at(top, left + 1) * part;
      const below = at(top + 1, left) * (1 - part) + at(top + 1, left + 1) * part;
      if (above + (fromY - top) * (below - above) >= INK) ink[y * width + x] = 1;
    }
  }
  return ink;
}
