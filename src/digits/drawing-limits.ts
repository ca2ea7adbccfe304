import { type Sentence, saying } from "../lib/saying.ts";

/** Maximum number of strokes of a drawing: far more than people draw, far less than would be a burden. */
export const MAX_STROKES = 1_000;
/** Maximum number of points of all strokes of a drawing: 80 seconds of a pen that reports 120 a second. */
export const MAX_POINTS = 10_000;
/** Maximum width and height of the canvas, in its own units. */
export const MAX_CANVAS = 1_000_000;

/**
 * Counts strokes and points without looking at them, so that the cost of a hostile drawing stays small.
 *
 * @param strokes any value; only arrays count.
 * @returns what was expected and found, as in "at most 10000 points in total, found 12000", and the error as data; null
 *   within the limits.
 */
export function excessOf(strokes: unknown): Sentence | null {
  if (!Array.isArray(strokes)) return null;
  if (strokes.length > MAX_STROKES) {
    const says = saying("drawing.strokeCount", { max: MAX_STROKES, found: strokes.length });
    return { message: `at most ${MAX_STROKES} strokes, found ${strokes.length}`, says };
  }
  const points = strokes.reduce<number>(
    (sum, stroke: unknown) => sum + (Array.isArray(stroke) ? stroke.length : 0),
    0,
  );
  if (points <= MAX_POINTS) return null;
  const says = saying("drawing.pointCount", { max: MAX_POINTS, found: points });
  return { message: `at most ${MAX_POINTS} points in total, found ${points}`, says };
}
