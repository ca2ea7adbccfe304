import { expect, test } from "bun:test";
import { glyph } from "../../src/synthesis/glyph.ts";
import { type Line, spline } from "../../src/synthesis/spline.ts";

const lineOf = (notation: string): Line => spline(glyph(1, notation).strokes[0]!.knots);
const points = (line: Line) =>
  Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i]!, line[2 * i + 1]!]);
const distanceTo = (line: Line, x: number, y: number) =>
  Math.min(...points(line).map(([px, py]) => Math.hypot(px! - x, py! - y)));

test("spline() goes through every knot, begins at the first and ends at the last", () => {
  const line = lineOf("55,3 22,20 12,55! 30,92 65,95");
  expect(points(line)[0]).toEqual([55, 3]);
  expect(points(line).at(-1)).toEqual([65, 95]);
  for (const [x, y] of [
    [22, 20],
    [12, 55],
    [30, 92],
  ])
    expect(distanceTo(line, x!, y!)).toBeLessThan(1e-9);
});

test("spline() is straight between two corners", () => {
  for (const [x, y] of points(lineOf("0,0! 30,60! 90,60!"))) {
    expect(Math.min(Math.abs(y! - 2 * x!), Math.abs(y! - 60))).toBeLessThan(1e-9);
  }
});

test("spline() has the Catmull-Rom tangent at a smooth knot: the direction from the one before to the one after", () => {
  // At (50,0) between (0,0) and (100,100): as flat after the knot as before it, slope 1 at the knot.
  const line = points(lineOf("0,0 50,0 100,100"));
  const at = line.findIndex(([x, y]) => x === 50 && y === 0);
  const [before, knot, after] = [line[at - 1]!, line[at]!, line[at + 1]!];
  const slope = (a: number[], b: number[]) => (b[1]! - a[1]!) / (b[0]! - a[0]!);
  expect((slope(before, knot) + slope(knot, after)) / 2).toBeCloseTo(1, 0);
  // By hand at t = 1/2 of the first piece: (-1·0 + 9·P0 + 9·P1 - 1·P2) / 16, with the end doubled.
  expect(
    distanceTo(lineOf("0,0 40,0 80,40"), (9 * 0 + 9 * 40 - 0 - 80) / 16, (0 + 0 - 0 - 40) / 16),
  ).toBeLessThan(1e-9);
});

test("spline() of one knot is one point", () => {
  expect(lineOf("3,4")).toEqual([3, 4]);
});
