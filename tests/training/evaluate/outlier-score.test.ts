import { describe, expect, test } from "bun:test";
import { OUTLIER_SCORES } from "../../../src/domain/model-artifacts.ts";
import { OUTLIER_SCORE, outlierScores } from "../../../src/training/evaluate/outlier-score.ts";
import { probabilitiesOf, scaled } from "../../../src/training/evaluate/softmax.ts";

describe("OUTLIER_SCORE", () => {
  const row = Float64Array.from([1, 2, 4]);

  test("matches hand arithmetic for logits 1 2 4", () => {
    const total = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(4));
    expect(OUTLIER_SCORE.energy(row)).toBeCloseTo(-total, 12);
    expect(OUTLIER_SCORE.max_logit(row)).toBe(-4);
    expect(OUTLIER_SCORE.max_logit_above_mean(row)).toBeCloseTo(7 / 3 - 4, 12);
    expect(OUTLIER_SCORE.max_probability(row)).toBeCloseTo(-Math.exp(4 - total), 12);
  });

  test("is greater for undecided logits than for clear ones, for every score", () => {
    for (const name of OUTLIER_SCORES) {
      const [clear, undecided] = outlierScores(Float32Array.from([9, 0, 0, 0.2, 0.1, 0]), 3, name, 1);
      expect(undecided!).toBeGreaterThan(clear!);
    }
  });

  test("tells confident from more confident where the softmax is 1 for both, except the softmax's own", () => {
    const sure = Float32Array.from([60, 0, 0, 80, 0, 0]);
    for (const name of OUTLIER_SCORES) {
      const [less, more] = outlierScores(sure, 3, name, 1);
      if (name === "max_probability") expect(less).toBe(more);
      else expect(less!).toBeGreaterThan(more!);
    }
  });

  test("does not overflow when logits are large", () => {
    expect(OUTLIER_SCORE.energy(Float64Array.from([1000, -1000]))).toBe(-1000);
  });
});

test("outlierScores() divides by the temperature first", () => {
  const logits = Float32Array.from([2, 4, 8, 6]);
  expect(outlierScores(logits, 2, "max_logit", 2)).toEqual(Float64Array.from([-2, -4]));
});

test("probabilitiesOf() is the softmax of the logits over the temperature, each row summing to 1", () => {
  const [a, b, c, d] = probabilitiesOf(Float32Array.from([2, 0, 1000, 0]), 2, 2);
  expect(a).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  expect(a! + b!).toBeCloseTo(1, 6);
  expect([c, d]).toEqual([1, 0]);
});

test("scaled() leaves the logits unchanged at temperature 1, and halves them at 2", () => {
  const logits = Float32Array.from([2, -4]);
  expect(scaled(logits, 1)).toBe(logits);
  expect(scaled(logits, 2)).toEqual(Float32Array.from([1, -2]));
});
