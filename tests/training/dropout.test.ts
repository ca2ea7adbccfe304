import { describe, expect, test } from "bun:test";
import { dropoutMask } from "../../src/training/dropout.ts";

describe("dropoutMask()", () => {
  test("drops a share of the rate within 0.5 %, and scales what is kept so that the mean stays 1", () => {
    for (const rate of [0.25, 0.5, 0.9]) {
      const mask = dropoutMask(100_000, rate, 3);
      const dropped = mask.filter((value) => value === 0).length / mask.length;
      expect(Math.abs(dropped - rate)).toBeLessThan(0.005);
      expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
    }
  });

  test("is the same for the same seed, and differs in about half of the values for neighbouring seeds", () => {
    const a = dropoutMask(10_000, 0.5, 8);
    const b = dropoutMask(10_000, 0.5, 9);
    expect(dropoutMask(10_000, 0.5, 8)).toEqual(a);
    const different = a.filter((value, i) => value !== b[i]).length;
    expect(Math.abs(different - 5_000)).toBeLessThan(250);
  });

  test("neighbouring values are unrelated: two in a row are dropped with the rate squared within 1 %", () => {
    const mask = dropoutMask(100_000, 0.5, 1);
    let pairs = 0;
    for (let i = 1; i < mask.length; i++) if (mask[i] === 0 && mask[i - 1] === 0) pairs++;
    expect(Math.abs(pairs / mask.length - 0.25)).toBeLessThan(0.01);
  });

  test("works with the least and the greatest seed", () => {
    for (const seed of [0, 0x7ffffffe]) {
      expect(new Set(dropoutMask(100, 0.5, seed))).toEqual(new Set([0, 2]));
    }
  });
});
