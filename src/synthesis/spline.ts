import type { Knot } from "./glyph.ts";

/** x, y, x, y, ... in the units of the glyph. */
export type Line = number[];

/** Length of the pieces that a curve is drawn with, in hundredths of a digit's height. */
const PIECE = 4;

/**
 * The curve that a pen follows through the knots, as short straight pieces: a Catmull-Rom spline between two
 * corners, each corner being the end of one curve and the start of the next.
 *
 * @param knots at least one; one alone gives one point.
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
