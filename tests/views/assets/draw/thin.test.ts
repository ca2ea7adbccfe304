import { expect, test } from "bun:test";
import { rasterise } from "../../../../src/digits/rasterise.ts";
import type { Drawing, Point } from "../../../../src/domain/drawing.ts";
import { thin } from "../../../../views/assets/draw/thin.ts";

/** A spiral of n points, slowly drawn: many points, simple shape. */
function spiral(n: number): Drawing {
  const stroke = Array.from({ length: n }, (_, i): Point => {
    const angle = (12 * i) / n;
    const radius = 20 + (150 * i) / n;
    return [round(200 + radius * Math.cos(angle)), round(200 + radius * Math.sin(angle)), i, 0.5];
  });
  return { strokes: [stroke], width: 400, height: 400 };
}

const round = (value: number) => Math.round(value * 10) / 10;
const bytes = (drawing: Drawing) => JSON.stringify(drawing).length;

test("thin() leaves a drawing that fits unchanged", () => {
  const drawing = spiral(500);
  expect(thin(drawing)).toBe(drawing);
});

test("thin() leaves 10,000 points unchanged, and makes 30,000 fit 500,000 bytes and 10,000 points", () => {
  expect(thin(spiral(10_000))!.strokes[0]).toHaveLength(10_000);
  const drawing = spiral(30_000);
  const thinned = thin(drawing)!;
  expect(bytes(thinned)).toBeLessThanOrEqual(500_000);
  expect(thinned.strokes.flat().length).toBeLessThanOrEqual(10_000);
  expect(thinned.strokes[0]![0]).toEqual(drawing.strokes[0]![0]!);
  expect(thinned.strokes[0]!.at(-1)).toEqual(drawing.strokes[0]!.at(-1)!);
});

test("thin() changes the rendered image by less than 1 of 255 per pixel on average", () => {
  const drawing = spiral(20_000);
  const before = rasterise(drawing);
  const after = rasterise(thin(drawing)!);
  const change = before.reduce((sum, pixel, i) => sum + Math.abs(pixel - after[i]!), 0) / before.length;
  expect(change).toBeLessThan(1);
});

test("thin() drops times and pressures before it drops the drawing", () => {
  const strokes = Array.from({ length: 900 }, (_, i): Point[] => [
    [i % 400, (i * 7) % 400, i * 1000, 0.25],
    [(i * 3) % 400, (i * 11) % 400, i * 1000 + 500, 0.75],
  ]);
  const thinned = thin({ strokes, width: 400, height: 400 }, 25_000)!;
  expect(thinned.strokes).toHaveLength(900);
  expect(thinned.strokes.flat().every((point) => point.length === 2)).toBe(true);
});

test("thin() returns null when no thinning makes it fit", () => {
  expect(thin(spiral(2_000), 100)).toBeNull();
});
