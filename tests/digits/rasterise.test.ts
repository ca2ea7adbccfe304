import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { EmptyInkError } from "../../src/digits/errors.ts";
import { scaleToInkBox } from "../../src/digits/ink-box.ts";
import { inkGrid, inkRuns } from "../../src/digits/ink-grid.ts";
import { rasterise } from "../../src/digits/rasterise.ts";
import { withoutStray } from "../../src/digits/stray-strokes.ts";
import type { Drawing, Point } from "../../src/domain/drawing.ts";
import { drawings, measure, moved, touchesEdge } from "./drawings.ts";

const draw = (...strokes: Point[][]): Drawing => ({ strokes, width: 280, height: 280 });
const seeded = { seed: 20261123, numRuns: 200 };

/** Slow and plain: the centre of mass and the average over single subpixels. */
function reference(drawing: Drawing): Uint8Array {
  const inked: [x: number, y: number][] = [];
  inkRuns(inkGrid(scaleToInkBox(withoutStray(drawing.strokes))), (y, begin, end) => {
    for (let x = begin; x < end; x++) inked.push([x, y]);
  });
  const mean = (axis: 0 | 1) => inked.reduce((sum, at) => sum + at[axis] + 0.5, 0) / inked.length;
  const left = Math.round(14.5 * 8 - mean(0));
  const top = Math.round(14.5 * 8 - mean(1));
  const counts = new Array<number>(28 * 28).fill(0);
  for (const [x, y] of inked) {
    const [column, row] = [Math.floor((x + left) / 8), Math.floor((y + top) / 8)];
    if (row >= 0 && row < 28 && column >= 0 && column < 28) counts[row * 28 + column]! += 1;
  }
  return Uint8Array.from(counts, (count) => Math.round((255 * count) / 64));
}

describe("rasterise()", () => {
  test("gives the same bytes as counting single subpixels, also where the ink is cut at the edge", () => {
    const hatched = Array.from({ length: 12 }, (_, i): Point => [i, i % 2 === 0 ? 0 : 60]);
    const lopsided = draw(hatched, [
      [0, 30],
      [100, 30],
    ]);
    expect(touchesEdge(rasterise(lopsided))).toBe(true);
    expect(rasterise(lopsided)).toEqual(reference(lopsided));
    fc.assert(
      fc.property(drawings, (drawing) => {
        expect(rasterise(drawing)).toEqual(reference(drawing));
      }),
      seeded,
    );
  });

  test("gives the same image wherever and however large it was drawn", () => {
    fc.assert(
      fc.property(
        drawings,
        fc.integer({ min: -4096, max: 4096 }),
        fc.constantFrom(0.125, 0.5, 2, 1024),
        (drawing, shift, scale) => {
          // Whole coordinates and powers of two: the arithmetic is exact, so the images must be equal.
          const other = moved(drawing, (x, y) => [(x + shift) * scale, (y - shift) * scale]);
          expect(rasterise(other)).toEqual(rasterise(drawing));
        },
      ),
      seeded,
    );
  });

  test("puts the centre of mass on pixel (14, 14) within half a pixel unless the ink reaches the edge", () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const image = rasterise(drawing);
        if (touchesEdge(image)) return;
        const { x, y } = measure(image);
        expect(Math.abs(x - 14)).toBeLessThan(0.5);
        expect(Math.abs(y - 14)).toBeLessThan(0.5);
      }),
      seeded,
    );
  });

  test("makes the long side 20 px, which touch 20 or 21 pixels, unless the ink reaches the edge", () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const image = rasterise(drawing);
        const points = new Set(drawing.strokes.flat().map(String));
        if (touchesEdge(image) || points.size === 1) return;
        const { rows, columns } = measure(image);
        expect(Math.max(rows, columns)).toBeGreaterThanOrEqual(20);
        expect(Math.max(rows, columns)).toBeLessThanOrEqual(21);
      }),
      seeded,
    );
  });

  test("always has ink, 0..255, in 784 pixels", () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const image = rasterise(drawing);
        expect(image).toBeInstanceOf(Uint8Array);
        expect(image.length).toBe(784);
        expect(Math.max(...image)).toBeGreaterThan(200);
      }),
      seeded,
    );
  });

  test("keeps the aspect: an upright line is 20 px high and 2.4 px wide, within one subpixel of 1/8 px", () => {
    const { mass } = measure(
      rasterise(
        draw([
          [10, 0],
          [10, 100],
        ]),
      ),
    );
    // A rectangle of 17.6 x 2.4 and a circle of radius 1.2.
    const area = 17.6 * 2.4 + Math.PI * 1.2 * 1.2;
    expect(Math.abs(mass / 255 - area)).toBeLessThan(20 / 8);
  });

  test("draws a sloping line as wide as an upright one: the covered area is within 1 % of a capsule's", () => {
    const { mass } = measure(
      rasterise(
        draw([
          [0, 0],
          [70, 100],
        ]),
      ),
    );
    const area = Math.hypot(17.6 * 0.7, 17.6) * 2.4 + Math.PI * 1.2 * 1.2;
    expect(Math.abs(mass / 255 - area) / area).toBeLessThan(0.01);
  });

  test("draws a dot of one pen when there is a single point, or the same one again and again", () => {
    const dot = rasterise(draw([[100, 100]]));
    expect(Math.abs(measure(dot).mass / 255 - Math.PI * 1.2 * 1.2)).toBeLessThan(0.3);
    expect(rasterise(draw(Array<Point>(50).fill([3, 4])))).toEqual(dot);
    expect(rasterise(draw([[0, 0]], [[0, 0]]))).toEqual(dot);
  });

  test("is not misled by repeated points or empty strokes", () => {
    const plain = rasterise(
      draw([
        [0, 0],
        [50, 80],
        [90, 10],
      ]),
    );
    expect(
      rasterise(
        draw(
          [],
          [
            [0, 0],
            [0, 0],
            [50, 80],
            [50, 80],
            [50, 80],
            [90, 10],
          ],
          [],
        ),
      ),
    ).toEqual(plain);
  });

  test("draws the same on huge and tiny canvases, and with coordinates that leave the canvas", () => {
    const seven: Point[] = [
      [10, 10],
      [90, 10],
      [40, 100],
    ];
    const plain = rasterise(draw(seven));
    for (const scale of [1e-6, 1e6]) {
      const image = rasterise(draw(seven.map(([x, y]) => [x * scale - 5 * scale, y * scale])));
      const difference = image.map((value, i) => Math.abs(value - plain[i]!));
      expect(Math.max(...difference)).toBeLessThanOrEqual(8);
    }
  });

  test("draws a stroke of 10,000 points as it draws its outline of four", () => {
    const corners: Point[] = [
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
    ];
    const many: Point[] = [];
    for (let side = 0; side < 3; side++) {
      const [x0, y0] = corners[side]!;
      const [x1, y1] = corners[side + 1]!;
      for (let i = 0; i <= 3333; i++) many.push([x0 + ((x1 - x0) * i) / 3333, y0 + ((y1 - y0) * i) / 3333]);
    }
    const difference = rasterise(draw(many)).map((v, i) => Math.abs(v - rasterise(draw(corners))[i]!));
    expect(Math.max(...difference)).toBeLessThanOrEqual(8);
  });

  test("refuses a drawing without a point with an EmptyInkError that says what to do", () => {
    for (const strokes of [[], [[]], [[], []]]) {
      expect(() => rasterise(draw(...strokes))).toThrow(EmptyInkError);
      expect(() => rasterise(draw(...strokes))).toThrow("The drawing is empty: draw a digit first");
    }
  });
});
