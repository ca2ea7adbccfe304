import type { Random } from "../../lib/random.ts";
import type { AugmentationParams } from "./augmentation-params.ts";

/** Where a pixel's value comes from: (x0 + xx·x + xy·y, y0 + yx·x + yy·y). */
export interface Affine {
  xx: number;
  xy: number;
  x0: number;
  yx: number;
  yy: number;
  y0: number;
}

/** How far to the right and down each pixel looks for its value, in pixels; [rows * cols] each. */
export interface Displacement {
  dx: Float32Array;
  dy: Float32Array;
}

type AffineParams = Pick<AugmentationParams, "rotate_deg" | "shift_px" | "scale" | "shear">;

/** A random rotation, scaling of each axis, shear and shift about the centre. @param random takes six draws. */
export function affine(params: AffineParams, rows: number, cols: number, random: Random): Affine {
  const within = (range: number) => (2 * random.next() - 1) * range;
  const angle = (within(params.rotate_deg) * Math.PI) / 180;
  const scaleX = 1 + within(params.scale);
  const scaleY = 1 + within(params.scale);
  const shear = within(params.shear);
  const shiftX = within(params.shift_px);
  const shiftY = within(params.shift_px);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  // From output to input: undo the rotation first, then the shear and the scaling.
  const xx = (cos - shear * sin) / scaleX;
  const xy = (sin + shear * cos) / scaleX;
  const yx = -sin / scaleY;
  const yy = cos / scaleY;
  const middleX = (cols - 1) / 2;
  const middleY = (rows - 1) / 2;
  const x0 = middleX - xx * (middleX + shiftX) - xy * (middleY + shiftY);
  const y0 = middleY - yx * (middleX + shiftX) - yy * (middleY + shiftY);
  return { xx, xy, x0, yx, yy, y0 };
}

/** Largest far shift, as a share of the image's side. */
const FARTHEST = 0.25;

/**
 * Shifts the place that a view comes from by up to a quarter of a side in each direction, uniformly: digits that were
 * cut out badly. @param toSource changed in place. @param random takes two draws.
 */
export function shiftFar(toSource: Affine, rows: number, cols: number, random: Random): void {
  toSource.x0 += (2 * random.next() - 1) * FARTHEST * cols;
  toSource.y0 += (2 * random.next() - 1) * FARTHEST * rows;
}

/** Points along each side of the grid whose displacements are drawn; pixels in between are interpolated bilinearly. */
const GRID = 6;

/**
 * A smooth random warp. Each point of a 6 x 6 grid over the image is displaced on its own, normally distributed; the
 * standard deviation is drawn uniformly, once per image.
 *
 * @param px upper bound of the standard deviation, in pixels.
 *
 * Source: after P. Simard, D. Steinkraus and J. Platt, Best Practices for Convolutional Neural Networks Applied to
 * Visual Document Analysis, 2003, with a coarse grid in place of the Gaussian filter.
 */
export function elastic(px: number, rows: number, cols: number, random: Random): Displacement {
  const amount = px * random.next();
  return { dx: smooth(amount, rows, cols, random), dy: smooth(amount, rows, cols, random) };
}

function smooth(amount: number, rows: number, cols: number, random: Random): Float32Array {
  const grid = new Float32Array(GRID * GRID);
  for (let i = 0; i < grid.length; i++) grid[i] = amount * random.normal();
  const field = new Float32Array(rows * cols);
  const row = new Float32Array(GRID);
  for (let y = 0, at = 0; y < rows; y++) {
    const gridY = (y / rows) * (GRID - 1);
    const top = gridY | 0;
    for (let i = 0; i < GRID; i++) {
      const above = grid[top * GRID + i]!;
      row[i] = above + (gridY - top) * (grid[(top + 1) * GRID + i]! - above);
    }
    const step = (GRID - 1) / cols;
    for (let x = 0; x < cols; x++, at++) {
      const left = (x * step) | 0;
      field[at] = row[left]! + (x * step - left) * (row[left + 1]! - row[left]!);
    }
  }
  return field;
}
