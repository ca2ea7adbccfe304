import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../src/lib/random.ts";
import { areaUnderRoc, shareAbove, thresholdAt } from "../../../src/training/evaluate/roc.ts";

const scores = (...values: number[]) => Float64Array.from(values);

describe("areaUnderRoc()", () => {
  test("is 1 when every positive is above every negative, 0 the other way round, and 0.5 when all are equal", () => {
    expect(areaUnderRoc(scores(1, 2), scores(3, 4, 5))).toBe(1);
    expect(areaUnderRoc(scores(3, 4, 5), scores(1, 2))).toBe(0);
    expect(areaUnderRoc(scores(7, 7), scores(7, 7, 7))).toBe(0.5);
  });

  test("counts pairs: of 1 3 5 against 2 3 9 five and a half of nine are in order", () => {
    // 2 is above 1; 3 above 1 and equal to 3; 9 above all: 1 + 1.5 + 3 = 5.5 of 9.
    expect(areaUnderRoc(scores(1, 3, 5), scores(2, 3, 9))).toBeCloseTo(5.5 / 9, 12);
  });

  test("counts a tie half", () => {
    expect(areaUnderRoc(scores(1), scores(1))).toBe(0.5);
    expect(areaUnderRoc(scores(0, 1), scores(1))).toBe(0.75);
  });

  test("agrees with counting every pair on scores with many ties", () => {
    const random = createRandom(5);
    const negatives = Float64Array.from({ length: 150 }, () => random.int(20));
    const positives = Float64Array.from({ length: 90 }, () => random.int(20) + 3);
    let pairs = 0;
    for (const p of positives) for (const n of negatives) pairs += p > n ? 1 : p === n ? 0.5 : 0;
    expect(areaUnderRoc(negatives, positives)).toBeCloseTo(pairs / (150 * 90), 12);
  });

  test("is null when one side is empty", () => {
    expect(areaUnderRoc(scores(), scores(1))).toBeNull();
    expect(areaUnderRoc(scores(1), scores())).toBeNull();
  });
});

describe("thresholdAt()", () => {
  test("leaves exactly the given share of distinct scores above it", () => {
    const hundred = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    expect(thresholdAt(hundred, 0.02)).toBe(97);
    expect(shareAbove(hundred, thresholdAt(hundred, 0.02))).toBe(0.02);
    expect(shareAbove(hundred, thresholdAt(hundred, 0.07))).toBe(0.07);
    expect(shareAbove(hundred, thresholdAt(hundred, 0))).toBe(0);
  });

  test("never leaves more than the share above it: 2 % of 49 scores is none, and ties stay below", () => {
    const few = Float64Array.from({ length: 49 }, (_, i) => i);
    expect(shareAbove(few, thresholdAt(few, 0.02))).toBe(0);
    const tied = scores(1, 2, 2, 2);
    expect(shareAbove(tied, thresholdAt(tied, 0.5))).toBe(0);
  });

  test("throws a RangeError when there are no scores or the rate is not in [0, 1)", () => {
    expect(() => thresholdAt(scores(), 0.1)).toThrow(RangeError);
    expect(() => thresholdAt(scores(1), 1)).toThrow("[0, 1), found 1");
    expect(() => thresholdAt(scores(1), Number.NaN)).toThrow(RangeError);
  });
});

test("shareAbove() is null without scores", () => {
  expect(shareAbove(scores(), 1)).toBeNull();
});
