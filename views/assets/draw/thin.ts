import { excessOf } from "../../../src/digits/drawing-limits.ts";
import type { Drawing, Point, Stroke } from "../../../src/domain/drawing.ts";

/** Below the server's limit of 512 KiB, with room for the label and the ids in addition to the strokes. */
const MAX_DRAWING_BYTES = 500_000;

/** Tolerances in canvas units; the largest is a hundredth of the pad, less than a tenth of a model's pixel. */
const TOLERANCES = [0.25, 0.5, 1, 2, 4];

/**
 * Returns the drawing, short enough to be sent. A normal digit is returned unchanged. A very long one loses
 * points that lie within a small tolerance of the line between their neighbours (Douglas–Peucker), with a
 * growing tolerance; if that is not enough, it loses times and pressures.
 *
 * @returns null when it is still too long: that much ink is not a digit.
 */
export function thin(drawing: Drawing, maxBytes = MAX_DRAWING_BYTES): Drawing | null {
  if (fits(drawing, maxBytes)) return drawing;
  for (const tolerance of TOLERANCES) {
    const thinned = { ...drawing, strokes: drawing.strokes.map((stroke) => simplify(stroke, tolerance)) };
    if (fits(thinned, maxBytes)) return thinned;
  }
  const strokes = drawing.strokes.map((stroke) =>
    simplify(stroke, TOLERANCES.at(-1)!).map(([x, y]): Point => [x, y]),
  );
  const bare = { ...drawing, strokes };
  return fits(bare, maxBytes) ? bare : null;
}

/** All characters of a drawing's JSON are ASCII, so its length is its size in bytes. */
function fits(drawing: Drawing, maxBytes: number): boolean {
  return excessOf(drawing.strokes) === null && JSON.stringify(drawing).length <= maxBytes;
}

/** Douglas–Peucker with an explicit stack instead of recursion: a stroke may have 100,000 points. */
function simplify(stroke: Stroke, tolerance: number): Point[] {
  if (stroke.length <= 2) return [...stroke];
  const isKept = new Uint8Array(stroke.length);
  isKept[0] = 1;
  isKept[stroke.length - 1] = 1;
  const spans: [number, number][] = [[0, stroke.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    let farthest = from;
    let distance = 0;
    for (let i = from + 1; i < to; i++) {
      const d = distanceToSegment(stroke[i]!, stroke[from]!, stroke[to]!);
      if (d > distance) [farthest, distance] = [i, d];
    }
    if (distance > tolerance) {
      isKept[farthest] = 1;
      spans.push([from, farthest], [farthest, to]);
    }
  }
  return stroke.filter((_, i) => isKept[i] === 1);
}

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}
