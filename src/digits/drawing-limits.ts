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
 * @returns what was expected and found, as in "at most 10000 points in total, found 12000"; null within the limits.
 */
export function excessOf(strokes: unknown): string | null {
  if (!Array.isArray(strokes)) return null;
  if (strokes.length > MAX_STROKES) return `at most ${MAX_STROKES} strokes, found ${strokes.length}`;
  const points = strokes.reduce<number>(
    (sum, stroke: unknown) => sum + (Array.isArray(stroke) ? stroke.length : 0),
    0,
  );
  return points > MAX_POINTS ? `at most ${MAX_POINTS} points in total, found ${points}` : null;
}
