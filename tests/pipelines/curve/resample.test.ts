import { expect, test } from "bun:test";
import { resamplesOf, sumOf } from "../../../src/pipelines/curve/resample.ts";

const GROUPS = Array.from({ length: 7 }, (_, g) => ({ n: 25, errors: [g + 3, g + 1, g] }));

test("resamplesOf() draws whole groups with replacement, the same ones for one seed", () => {
  const drawn = resamplesOf(GROUPS, 1);
  expect(drawn).toHaveLength(200);
  expect(resamplesOf(GROUPS, 1)).toEqual(drawn);
  expect(resamplesOf(GROUPS, 2)).not.toEqual(drawn);
  // Every group has two mistakes more at the first number of labels than at the second, so every resample has 14 more.
  expect(drawn.every(({ n, errors: [a, b, c] }) => n === 175 && a! - b! === 14 && b! - c! === 7)).toBe(true);
  expect(new Set(drawn.map(({ errors }) => errors[2])).size).toBeGreaterThan(10);
  expect(resamplesOf([], 1)).toEqual([]);
});

test("resamplesOf() has the mean of the groups on average, within 3 standard errors", () => {
  const firsts = resamplesOf(GROUPS, 3).map(({ errors }) => errors[0]!);
  const mean = firsts.reduce((a, b) => a + b) / firsts.length;
  // Seven draws of variance 4: a standard deviation of √28, over 200 resamples.
  expect(Math.abs(mean - 42)).toBeLessThan(3 * Math.sqrt(28 / 200));
});

test("sumOf() adds drawings and mistakes, and changes no group", () => {
  expect(sumOf(GROUPS)).toEqual({ n: 175, errors: [42, 28, 21] });
  expect(GROUPS[0]).toEqual({ n: 25, errors: [3, 1, 0] });
});
