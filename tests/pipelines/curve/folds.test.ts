import { expect, test } from "bun:test";
import { foldsOf } from "../../../src/pipelines/curve/folds.ts";

/** Drawings of so many writers, those of writer w together: w + 1 of them. */
const byWriter = (writers: number) =>
  Uint32Array.from(Array.from({ length: writers }, (_, w) => Array<number>(w + 1).fill(w)).flat());

test("foldsOf() has every drawing in one fold, and no writer in two", () => {
  const groups = byWriter(12);
  const { by, folds } = foldsOf(groups, 7);
  expect(by).toBe("writer");
  expect(folds.flat().sort((a, b) => a - b)).toEqual([...groups.keys()]);
  const writers = folds.map((fold) => new Set(fold.map((i) => groups[i]!)));
  expect(writers.reduce((sum, { size }) => sum + size, 0)).toBe(12);
  const lengths = folds.map(({ length }) => length);
  expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(4);
  expect(foldsOf(groups, 7)).toEqual(foldsOf(groups, 7));
});

test("foldsOf() divides by drawing with fewer than five writers", () => {
  const { by, folds, unit } = foldsOf(byWriter(4), 7);
  expect(by).toBe("drawing");
  expect([...unit]).toEqual([...Array(10).keys()]);
  expect(folds.map(({ length }) => length)).toEqual([2, 2, 2, 2, 2]);
});

test("foldsOf() uses whole writers up to about 2,500 drawings", () => {
  const many = foldsOf(byWriter(100), 7);
  const used = many.folds.flat().length;
  expect(used).toBeGreaterThanOrEqual(2_500);
  expect(used).toBeLessThan(2_600);
  const single = foldsOf(new Uint32Array(4_000), 7);
  expect(single.folds.map(({ length }) => length)).toEqual([500, 500, 500, 500, 500]);
});
