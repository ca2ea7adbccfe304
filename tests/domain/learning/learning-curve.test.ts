import { expect, test } from "bun:test";
import { decodeLearningCurve } from "../../../src/domain/learning/learning-curve.ts";
import { curveOf } from "../../learning/curve/curves.ts";

const curve = curveOf([0, 20, 40], [0.2, 0.1, 0.05]);

test("decodeLearningCurve() reads what a run has saved", () => {
  expect(decodeLearningCurve(JSON.parse(JSON.stringify(curve)))).toEqual(curve);
});

test("decodeLearningCurve() is null for anything else, and for a curve that contradicts itself", () => {
  for (const value of [
    null,
    {},
    { ...curve, labels: [20, 40, 60] },
    { ...curve, labels: [0, 40, 20] },
    { ...curve, labels: [0, 20] },
    { ...curve, n: 0, errors: [0, 0, 0] },
    { ...curve, errors: [curve.n + 1, 0, 0] },
    { ...curve, resamples: [] },
    { ...curve, resamples: [{ n: 10, errors: [1, 1] }] },
  ])
    expect(decodeLearningCurve(value)).toBeNull();
});
