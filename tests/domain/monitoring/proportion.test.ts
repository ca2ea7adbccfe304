import { expect, test } from "bun:test";
import { proportion } from "../../../src/domain/monitoring/proportion.ts";
import { createRandom } from "../../../src/lib/random.ts";

test("proportion() has the interval that Newcombe (1998) prints for 81 of 263, within 0.00005", () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I: 0.2553 to 0.3662 by Wilson's method.
  const { share, low, high } = proportion(81, 263);
  expect(share).toBeCloseTo(0.308, 3);
  expect(Math.abs(low! - 0.2553)).toBeLessThan(0.00005);
  expect(Math.abs(high! - 0.3662)).toBeLessThan(0.00005);
});

test("proportion() of none and of all stays within 0..1", () => {
  expect(proportion(0, 20)).toMatchObject({ share: 0, low: 0 });
  expect(proportion(0, 20).high).toBeCloseTo(0.1611, 4);
  expect(proportion(20, 20)).toMatchObject({ share: 1, high: 1 });
});

test("proportion() of no trials is unknown, not 0", () => {
  expect(proportion(0, 0)).toEqual({ n: 0, share: null, low: null, high: null });
});

test("proportion() covers a share of 97 % in 93 to 97 % of 4,000 samples of 200", () => {
  const random = createRandom(7);
  let covered = 0;
  for (let i = 0; i < 4_000; i++) {
    let hits = 0;
    for (let j = 0; j < 200; j++) if (random.next() < 0.97) hits += 1;
    const { low, high } = proportion(hits, 200);
    if (low! <= 0.97 && 0.97 <= high!) covered += 1;
  }
  expect(covered / 4_000).toBeGreaterThan(0.93);
  expect(covered / 4_000).toBeLessThan(0.97);
});
