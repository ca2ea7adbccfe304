import fc from "fast-check";
import type { Drawing, Point } from "../../src/domain/drawing.ts";
import { createRandom } from "../../src/lib/random.ts";

/** A seeded scribble of one to four strokes on a canvas of 280 x 280. */
export function randomDrawing(seed: number): Drawing {
  const random = createRandom(seed);
  const strokes = Array.from({ length: 1 + random.int(4) }, () => {
    let x = random.next() * 280;
    let y = random.next() * 280;
    return Array.from({ length: 1 + random.int(40) }, (): Point => {
      x = Math.min(280, Math.max(0, x + (random.next() - 0.5) * 40));
      y = Math.min(280, Math.max(0, y + (random.next() - 0.5) * 40));
      return [x, y];
    });
  });
  return { strokes, width: 280, height: 280 };
}

/** fast-check: any drawing of a few strokes with whole coordinates 0..1000, at least one point. */
export const drawings = fc
  .array(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 })), {
      minLength: 1,
      maxLength: 30,
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((strokes): Drawing => ({ strokes, width: 1000, height: 1000 }));

export function moved(drawing: Drawing, change: (x: number, y: number) => [number, number]): Drawing {
  return { ...drawing, strokes: drawing.strokes.map((stroke) => stroke.map(([x, y]) => change(x, y))) };
}

/** Mean position of the ink in pixel indices, how many columns and rows it spans, and its sum. */
export function measure(image: Uint8Array) {
  let mass = 0;
  let x = 0;
  let y = 0;
  const columns: number[] = [];
  const rows: number[] = [];
  image.forEach((value, i) => {
    if (value === 0) return;
    mass += value;
    x += value * (i % 28);
    y += value * Math.floor(i / 28);
    columns.push(i % 28);
    rows.push(Math.floor(i / 28));
  });
  return { mass, x: x / mass, y: y / mass, columns: spread(columns), rows: spread(rows) };
}

const spread = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;

export function touchesEdge(image: Uint8Array): boolean {
  return image.some((value, i) => value > 0 && (i < 28 || i >= 756 || i % 28 === 0 || i % 28 === 27));
}
