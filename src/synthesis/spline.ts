import type { Knot } from "./glyph.ts";

/** The points of a polyline as x, y, x, y, ... in the units of the glyph. */
export type Line = number[];

/** Length of the straight pieces of a curve, in hundredths of a digit's height. */
const PIECE = 4;

/**
 * Returns the curve of a pen through the knots, as short straight pieces: one Catmull-Rom spline between each two
 * corners, so that a corner ends one spline and starts the next.
 *
 * @param knots at least one; a single one gives a single point.
 *
 * Source: E. Catmull and R. Rom, A class of local interpolating splines, 1974 (uniform, tension 1/2).
 */
export function spline(knots: readonly Knot[]): Line {
  const line: Line = [knots[0]!.x, knots[0]!.y];
  for (let i = 0; i + 1 < knots.length; i++) {
    const from = knots[i]!;
    const to = knots[i + 1]!;
    const before = i > 0 && !from.isCorner ? knots[i - 1]! : from;
    const after = i + 2 < knots.length && !to.isCorner ? knots[i + 2]! : to;
    const pieces = Math.max(1, Math.ceil(distance(from, to) / PIECE));
    for (let piece = 1; piece <= pieces; piece++) {
      const t = piece / pieces;
      line.push(blend(before.x, from.x, to.x, after.x, t), blend(before.y, from.y, to.y, after.y, t));
    }
  }
  return line;
}

function blend(before: number, from: number, to: number, after: number, t: number): number {
  const a = 3 * (from - to) + after - before;
  const b = 2 * before - 5 * from + 4 * to - after;
  return from + 0.5 * t * (to - before + t * (b + t * a));
}

function distance(a: Knot, b: Knot): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
