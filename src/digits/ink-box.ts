import type { Stroke } from "../domain/drawing.ts";
import { boxOf, extentOf } from "./box.ts";
import { INK_BOX_PX, PEN_PX, SUBPIXELS } from "./ink-scale.ts";

/** A stroke as x, y, x, y, ... in subpixels of the ink box. */
export type Path = number[];

/** An extent below this share of the coordinates' magnitude is a rounding error. */
const DOT_EXTENT = 1e-9;
/** Points closer to the previous one than this (in subpixels) make no visible difference; dropping them saves time. */
const MIN_STEP = 0.25;

/**
 * Scales the strokes so that their long side, with half a pen around it, fills the ink box, and centres the
 * short side in it. Strokes without points, and points that hardly move, are dropped.
 *
 * @returns one path per stroke; empty when there is no point at all.
 */
export function scaleToInkBox(strokes: readonly Stroke[]): Path[] {
  const box = boxOf(strokes);
  const { minX, maxX, minY, maxY } = box;
  const extent = extentOf(box);
  const magnitude = Math.max(Math.abs(minX), Math.abs(maxX), Math.abs(minY), Math.abs(maxY));
  const isDot = extent <= DOT_EXTENT * magnitude;
  const scale = isDot ? 0 : ((INK_BOX_PX - PEN_PX) * SUBPIXELS) / extent;
  const middle = (INK_BOX_PX / 2) * SUBPIXELS;
  const middleX = minX + (maxX - minX) / 2;
  const middleY = minY + (maxY - minY) / 2;

  const paths: Path[] = [];
  for (const stroke of strokes) {
    const path: Path = [];
    let lastX = Infinity;
    let lastY = Infinity;
    for (const [x, y] of stroke) {
      const boxX = middle + (x - middleX) * scale;
      const boxY = middle + (y - middleY) * scale;
      if (Math.abs(boxX - lastX) < MIN_STEP && Math.abs(boxY - lastY) < MIN_STEP) continue;
      path.push(boxX, boxY);
      lastX = boxX;
      lastY = boxY;
    }
    if (path.length > 0) paths.push(path);
  }
  return paths;
}
