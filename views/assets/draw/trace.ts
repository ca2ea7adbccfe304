import type { Stroke } from "../../../src/domain/drawing.ts";

/** The part of a canvas's context that a path needs. */
export type PathContext = Pick<CanvasRenderingContext2D, "moveTo" | "lineTo" | "quadraticCurveTo">;

/** Length in pad units of the line that is painted for a single point. */
const DOT_UNITS = 0.01;

/**
 * Draws a stroke through the midpoints between points, which rounds the corners of a fast pen.
 * @param from the first new point: the path begins at the midpoint that the points before it have led to.
 */
export function trace(context: PathContext, stroke: Stroke, from: number): void {
  const first = Math.max(1, from - 1);
  const [x0, y0] = first === 1 ? stroke[0]! : midpoint(stroke, first - 1);
  context.moveTo(x0, y0);
  for (let i = first; i < stroke.length - 1; i++) {
    const [x, y] = stroke[i]!;
    context.quadraticCurveTo(x, y, ...midpoint(stroke, i));
  }
  const [x, y] = stroke.at(-1)!;
  // A canvas drops a line of no length; the round ends of a very short one are a dot.
  context.lineTo(stroke.length === 1 ? x + DOT_UNITS : x, y);
}

/** The middle between point `i` and the next one. */
function midpoint(stroke: Stroke, i: number): [x: number, y: number] {
  const [x, y] = stroke[i]!;
  const [nextX, nextY] = stroke[i + 1]!;
  return [(x + nextX) / 2, (y + nextY) / 2];
}
