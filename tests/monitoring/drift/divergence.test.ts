import { expect, test } from "bun:test";
import { createRandom, type Random } from "../../../src/lib/random.ts";
import { mergedBins, mergedClasses } from "../../../src/monitoring/drift/bins.ts";
import { divergenceOf } from "../../../src/monitoring/drift/divergence.ts";

test("divergenceOf() equals hand arithmetic on two bins", () => {
  // Shares with half a count added: 80.5/101, 20.5/101 and 40.5/101, 60.5/101.
  const [p, q] = [80.5 / 101, 40.5 / 101];
  const psi = (p - q) * Math.log(p / q) + (q - p) * Math.log((1 - p) / (1 - q));
  const m = (p + q) / 2;
  const js =
    (p * Math.log2(p / m) +
      (1 - p) * Math.log2((1 - p) / (1 - m)) +
      q * Math.log2(q / m) +
      (1 - q) * Math.log2((1 - q) / (1 - m))) /
    2;
  const found = divergenceOf([80, 20], [40, 60]);
  expect(found.psi).toBeCloseTo(psi, 12);
  expect(found.js).toBeCloseTo(js, 12);
});

test("divergenceOf() is 0 for equal shares and near its limits for disjoint ones", () => {
  expect(divergenceOf([100, 300], [100, 300])).toEqual({ psi: 0, js: 0 });
  const disjoint = divergenceOf([1_000_000, 0], [0, 1_000_000]);
  expect(disjoint.js).toBeGreaterThan(0.9999);
  expect(disjoint.psi).toBeGreaterThan(10);
  expect(() => divergenceOf([1], [1, 2])).toThrow("Cannot compare 1 bins with 2");
});

/** Counts of n draws over equal bins. */
function draws(random: Random, bins: number, n: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < n; i++) counts[random.int(bins)]! += 1;
  return counts;
}

test("divergenceOf() of two samples of one distribution has a mean of (B - 1)(1/n + 1/m), within 5 %", () => {
  const random = createRandom(11);
  let sum = 0;
  for (let i = 0; i < 2_000; i++) sum += divergenceOf(draws(random, 10, 1_000), draws(random, 10, 500)).psi;
  const expected = 9 * (1 / 1_000 + 1 / 500);
  expect(Math.abs(sum / 2_000 / expected - 1)).toBeLessThan(0.05);
});

test("mergedBins() merges until each bin has 5 % of the reference, and keeps every count", () => {
  const { reference, live } = mergedBins([0, 1, 3, 50, 2, 40, 4], [5, 0, 1, 2, 3, 4, 5]);
  expect(reference).toEqual([54, 46]);
  expect(live).toEqual([8, 12]);
});

test("mergedBins() of an empty reference is one bin", () => {
  expect(mergedBins([0, 0], [3, 4])).toEqual({ reference: [0], live: [7] });
});

test("mergedClasses() counts rare classes and those that the reference lacks together", () => {
  const reference = new Map([
    ["a", 500],
    ["b", 495],
    ["c", 5],
  ]);
  expect(
    mergedClasses(
      reference,
      new Map([
        ["a", 1],
        ["c", 2],
        ["d", 3],
      ]),
    ),
  ).toEqual({
    reference: [500, 495, 5],
    live: [1, 0, 5],
  });
});
