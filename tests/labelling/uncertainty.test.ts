import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { scoresOf } from "../../src/labelling/drawing-scores.ts";
import { entropy, leastConfidence, margin, totalVariation } from "../../src/labelling/uncertainty.ts";

/** Probabilities of 1 to 12 classes, with a sum of 1. */
const PROBABILITIES = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })
  .map((weights) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });

const asMap = (values: readonly number[]) => new Map(values.map((p, k) => [String(k), p]));

describe("by hand", () => {
  test("0.5, 0.3, 0.2: least confidence 0.5, margin 0.2, entropy 1.029653 nats", () => {
    const p = [0.3, 0.5, 0.2];
    expect(leastConfidence(p)).toBe(0.5);
    expect(margin(p)).toBeCloseTo(0.2, 12);
    // −(0.5 ln 0.5 + 0.3 ln 0.3 + 0.2 ln 0.2) = 0.346574 + 0.361192 + 0.321888
    expect(entropy(p)).toBeCloseTo(1.029653, 6);
  });

  test("one class is certain: 0, 1 and 0", () => {
    expect([leastConfidence([1]), margin([1]), entropy([1])]).toEqual([0, 1, 0]);
  });

  test("two classes: even odds give 0.5, 0 and ln 2; certainty gives 0, 1 and 0", () => {
    expect([leastConfidence([0.5, 0.5]), margin([0.5, 0.5])]).toEqual([0.5, 0]);
    expect(entropy([0.5, 0.5])).toBeCloseTo(Math.LN2, 12);
    expect([leastConfidence([0, 1]), margin([0, 1]), entropy([0, 1])]).toEqual([0, 1, 0]);
  });

  test("no class at all is a RangeError", () => {
    for (const measure of [leastConfidence, margin, entropy]) expect(() => measure([])).toThrow(RangeError);
  });

  test("totalVariation(): 0.6/0.4 and 0.1/0.9 differ by 0.5, and no common class by 1", () => {
    expect(totalVariation(asMap([0.6, 0.4]), asMap([0.1, 0.9]))).toBeCloseTo(0.5, 12);
    expect(totalVariation(new Map([["a", 1]]), new Map([["b", 1]]))).toBe(1);
    expect(totalVariation(asMap([1]), asMap([1]))).toBe(0);
  });
});

describe("properties", () => {
  test("no measure depends on the order of the classes", () => {
    fc.assert(
      fc.property(PROBABILITIES, fc.integer(), (p, by) => {
        const k = Math.abs(by % p.length);
        const turned = [...p.slice(k), ...p.slice(0, k)].reverse();
        for (const measure of [leastConfidence, margin, entropy]) expect(measure(turned)).toBe(measure(p));
      }),
    );
  });

  test("each measure is within its bounds: 0..1−1/K, 0..1, 0..ln K", () => {
    fc.assert(
      fc.property(PROBABILITIES, (p) => {
        const K = p.length;
        expect(leastConfidence(p)).toBeGreaterThanOrEqual(0);
        expect(leastConfidence(p)).toBeLessThanOrEqual(1 - 1 / K + 1e-12);
        expect(margin(p)).toBeGreaterThanOrEqual(0);
        expect(margin(p)).toBeLessThanOrEqual(1);
        expect(entropy(p)).toBeGreaterThanOrEqual(0);
        expect(entropy(p)).toBeLessThanOrEqual(Math.log(K) + 1e-12);
      }),
    );
  });

  test("with two classes, the three measures order any drawings alike", () => {
    const half = fc.double({ min: 0.5, max: 1, noNaN: true });
    fc.assert(
      fc.property(half, half, (p, q) => {
        fc.pre(Math.abs(p - q) > 1e-6);
        const [a, b] = [
          [p, 1 - p],
          [q, 1 - q],
        ] as const;
        const isFirst = leastConfidence(a) > leastConfidence(b);
        expect(margin(a) < margin(b)).toBe(isFirst);
        expect(entropy(a) > entropy(b)).toBe(isFirst);
      }),
    );
  });

  test("totalVariation() is symmetric, 0 for equal answers, at most 1, and keeps the triangle inequality", () => {
    fc.assert(
      fc.property(PROBABILITIES, PROBABILITIES, PROBABILITIES, (a, b, c) => {
        const [p, q, r] = [asMap(a), asMap(b), asMap(c)];
        expect(totalVariation(p, q)).toBe(totalVariation(q, p));
        expect(totalVariation(p, p)).toBe(0);
        expect(totalVariation(p, q)).toBeLessThanOrEqual(1);
        expect(totalVariation(p, r)).toBeLessThanOrEqual(totalVariation(p, q) + totalVariation(q, r) + 1e-12);
      }),
    );
  });
});

test("scoresOf() takes the first of two equally likely classes, and has no second for one class", () => {
  const even = [
    { label: "0", p: 0.5 },
    { label: "1", p: 0.5 },
  ];
  expect(scoresOf({ version: 3, probabilities: even, isNone: false }, null)).toEqual({
    ...{ version: 3, label: "0", p: 0.5, second: { label: "1", p: 0.5 }, isNone: false },
    ...{ leastConfidence: 0.5, margin: 0, entropy: Math.LN2, disagreement: null },
  });
  const one = scoresOf(
    { version: 3, probabilities: [{ label: "0", p: 1 }], isNone: true },
    { version: 2, probabilities: even },
  );
  expect(one).toMatchObject({ second: null, isNone: true, disagreement: { with: 2, value: 0.5 } });
});
