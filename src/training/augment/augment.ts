// biome-ignore-all lint/complexity/useMathMinMax: a comparison is faster than Math.min and Math.max in these loops.
import type { Random } from "../../lib/random.ts";
import type { AugmentationParams } from "./augmentation-params.ts";
import { disturb } from "./disturb.ts";
import { drawLine } from "./draw-line.ts";
import { dropBlots } from "./drop-blots.ts";
import { invertMargins } from "./invert-margins.ts";
import { keepEdges } from "./keep-edges.ts";
import { changeStrokeWidth } from "./stroke-width.ts";
import { type Affine, affine, type Displacement, elastic, shiftFar } from "./warp.ts";

/**
 * Writes a random view of an image: rotated, shifted, scaled, sheared and warped, with thicker or thinner strokes, only
 * their edges, a line drawn across it, blots, a changed background and contrast, and inverted margins. The affine amounts are drawn uniformly within ± the
 * parameters and applied about the image's centre; every other change is applied to the share of images that its
 * parameter gives. Sampling is bilinear; outside the image is blank.
 *
 * @param image  uint8 [rows * cols].
 * @param params null copies the image; a parameter of 0 disables that change. The affine draws are made anyway.
 * @param random takes six draws for the affine changes, and more for each enabled change.
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
  const view = out.subarray(offset, offset + rows * cols);
  if (params === null) {
    for (let i = 0; i < view.length; i++) view[i] = image[i]! / 255;
    return;
  }
  const { elastic_px = 0, stroke_width = 0, noise = 0, lines = 0 } = params;
  const { far = 0, edges = 0, blots = 0, margins = 0 } = params;
  const happens = (share: number) => share > 0 && random.next() < share;
  const toSource = affine(params, rows, cols, random);
  if (happens(far)) shiftFar(toSource, rows, cols, random);
  const bend = elastic_px > 0 ? elastic(elastic_px, rows, cols, random) : null;
  warpInto(image, rows, cols, toSource, bend, view);
  if (happens(stroke_width)) changeStrokeWidth(view, rows, cols, random);
  if (happens(edges)) keepEdges(view, rows, cols);
  if (happens(lines)) drawLine(view, rows, cols, random);
  if (happens(blots)) dropBlots(view, rows, cols, random);
  if (happens(noise)) disturb(view, rows, cols, random);
  if (happens(margins)) invertMargins(view, rows, cols, random);
}

/** Blank pixels around the image, so that sampling needs no edge case. */
const MARGIN = 2;

function warpInto(
  image: Uint8Array,
  rows: number,
  cols: number,
  { xx, xy, x0, yx, yy, y0 }: Affine,
  bend: Displacement | null,
  view: Float32Array,
): void {
  const width = cols + 2 * MARGIN;
  const padded = new Float32Array(width * (rows + 2 * MARGIN));
  for (let y = 0, at = 0; y < rows; y++) {
    const start = (y + MARGIN) * width + MARGIN;
    for (let x = 0; x < cols; x++, at++) padded[start + x] = image[at]! / 255;
  }
  let at = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++, at++) {
      let fromX = x0 + xx * x + xy * y + MARGIN;
      let fromY = y0 + yx * x + yy * y + MARGIN;
      if (bend !== null) {
        fromX += bend.dx[at]!;
        fromY += bend.dy[at]!;
      }
      // More than a pixel beyond the edge, everything is blank.
      fromX = fromX < MARGIN - 1 ? MARGIN - 1 : fromX > cols + MARGIN ? cols + MARGIN : fromX;
      fromY = fromY < MARGIN - 1 ? MARGIN - 1 : fromY > rows + MARGIN ? rows + MARGIN : fromY;
      const left = fromX | 0;
      const top = fromY | 0;
      const right = fromX - left;
      const from = top * width + left;
      const above = padded[from]! + right * (padded[from + 1]! - padded[from]!);
      const below = padded[from + width]! + right * (padded[from + width + 1]! - padded[from + width]!);
      view[at] = above + (fromY - top) * (below - above);
    }
  }
}
