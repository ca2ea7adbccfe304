import { expect, test } from "bun:test";
import fc from "fast-check";
import { createRandom } from "../../../src/lib/random.ts";
import { bootstrapDifference } from "../../../src/model-registry/gate/bootstrap.ts";
import {
  countPairs,
  halfBinomialCdf,
  itemsToShow,
  mcNemar,
  pairedDifference,
} from "../../../src/model-registry/gate/paired.ts";

test("countPairs() counts the items that exactly one model classifies correctly", () => {
  const labels = Uint8Array.of(0, 1, 2, 0, 1);
  expect(countPairs(labels, Uint8Array.of(0, 1, 0, 1, 1), Uint8Array.of(0, 0, 2, 2, 0))).toEqual({
    ...{ n: 5, fixed: 2, broken: 1 },
  });
  expect(() => countPairs(labels, Uint8Array.of(0), labels)).toThrow(RangeError);
});

test("halfBinomialCdf() is the sum of the binomial coefficients over 2^n, within 1e-12", () => {
  expect(halfBinomialCdf(-1, 5)).toBe(0);
  expect(halfBinomialCdf(5, 5)).toBe(1);
  expect(halfBinomialCdf(0, 0)).toBe(1);
  // (1 + 10 + 45) / 1024.
  expect(halfBinomialCdf(2, 10)).toBeCloseTo(56 / 1024, 12);
  expect(halfBinomialCdf(5_000, 10_000)).toBeCloseTo(0.5039894, 6);
});

test("mcNemar() agrees with the two-sided binomial test, and is 1 without disagreement", () => {
  expect(mcNemar({ n: 100, fixed: 0, broken: 0 })).toBe(1);
  // 2 · (1 + 10) / 1024.
  expect(mcNemar({ n: 100, fixed: 9, broken: 1 })).toBeCloseTo(22 / 1024, 12);
  expect(mcNemar({ n: 100, fixed: 1, broken: 9 })).toBeCloseTo(22 / 1024, 12);
  expect(mcNemar({ n: 900, fixed: 41, broken: 6 })).toBeCloseTo(1.76e-7, 8);
});

test("mcNemar() is below 0.05 in at most 5 % of 2,000 pairs of equally good models", () => {
  const random = createRandom(5);
  let alarms = 0;
  for (let i = 0; i < 2_000; i++) {
    const m = random.int(60);
    let fixed = 0;
    for (let j = 0; j < m; j++) fixed += random.next() < 0.5 ? 1 : 0;
    if (mcNemar({ n: 1_000, fixed, broken: m - fixed }) < 0.05) alarms++;
  }
  expect(alarms / 2_000).toBeLessThan(0.05);
});

test("pairedDifference() bounds the true difference in at least 93 % of 2,000 simulated sets", () => {
  const random = createRandom(6);
  const [p, q] = [0.004, 0.006];
  let covered = 0;
  for (let i = 0; i < 2_000; i++) {
    const counts = { n: 3_000, fixed: 0, broken: 0 };
    for (let j = 0; j < counts.n; j++) {
      const u = random.next();
      if (u < p) counts.fixed++;
      else if (u < p + q) counts.broken++;
    }
    if (pairedDifference(counts).low <= p - q) covered++;
  }
  expect(covered / 2_000).toBeGreaterThan(0.93);
});

test("pairedDifference() has a width without disagreement, and is symmetric", () => {
  const none = pairedDifference({ n: 15_000, fixed: 0, broken: 0 });
  expect(none.difference).toBe(0);
  expect(none.low).toBeLessThan(0);
  expect(none.low).toBeGreaterThan(-0.0002);
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), (fixed, broken) => {
      const a = pairedDifference({ n: 1_000, fixed, broken });
      const b = pairedDifference({ n: 1_000, fixed: broken, broken: fixed });
      expect(a.low).toBeCloseTo(-b.high, 12);
      expect(a.low).toBeLessThanOrEqual(a.high);
    }),
    { seed: 1 },
  );
});

test("itemsToShow() says how many items a gain needs, and null when there is none", () => {
  expect(itemsToShow({ n: 100, fixed: 2, broken: 2 })).toBeNull();
  // z = 3/√5 = 1.342: (2.2414 / 1.342)² = 2.79 times as many.
  expect(itemsToShow({ n: 100, fixed: 4, broken: 1 })).toBe(280);
});

test("bootstrapDifference() covers the normal interval of independent items within 0.003", () => {
  const change = Int8Array.from({ length: 1_000 }, (_, i) => (i < 40 ? 1 : i < 60 ? -1 : 0));
  const { low, high } = bootstrapDifference(change, null, 1);
  const spread = 1.96 * Math.sqrt((0.06 - 0.02 ** 2) / 1_000);
  expect(Math.abs(low - (0.02 - spread))).toBeLessThan(0.003);
  expect(Math.abs(high - (0.02 + spread))).toBeLessThan(0.003);
});

test("bootstrapDifference() is wider when the changes are all of a few writers, and repeatable", () => {
  const change = Int8Array.from({ length: 1_000 }, (_, i) => (i < 50 ? 1 : 0));
  const groups = Uint32Array.from({ length: 1_000 }, (_, i) => Math.floor(i / 50));
  const [items, writers] = [bootstrapDifference(change, null, 1), bootstrapDifference(change, groups, 1)];
  expect(writers.high - writers.low).toBeGreaterThan(2 * (items.high - items.low));
  expect(bootstrapDifference(change, groups, 1)).toEqual(writers);
  expect(bootstrapDifference(new Int8Array(0), null, 1)).toEqual({ low: 0, high: 0 });
});
