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

/** A random turn, stretch of each axis, slant and shift, about the middle. @param random six draws are taken. */
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
  // Output to input: first unturn, then unslant and unstretch.
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

/** Points along each side of the grid whose displacements are drawn; the pixels between follow bilinearly. */
const GRID = 6;

/**
 * A smooth random bending. Each of 6 x 6 points over the image goes its own way, normally distributed, by an amount
 * that is drawn uniformly for the image as a whole.
 *
 * @param px the largest standard deviation, in pixels.
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
