import { expect, test } from "bun:test";
import { calibrationOf } from "../../../src/training/evaluate/calibration-error.ts";

test("calibrationOf() gives the counts, mean confidence, accuracy and error computed by hand", () => {
  // Bin 7 is [7/15, 8/15), bin 12 is [12/15, 13/15).
  const { ece, bins } = calibrationOf([
    { confidence: 0.5, isRight: true },
    { confidence: 0.5, isRight: false },
    { confidence: 0.8125, isRight: true },
    { confidence: 0.84375, isRight: false },
  ]);
  expect(bins).toHaveLength(15);
  expect(bins[7]).toEqual({ from: 7 / 15, to: 8 / 15, n: 2, confidence: 0.5, accuracy: 0.5 });
  expect(bins[12]).toEqual({ from: 12 / 15, to: 13 / 15, n: 2, confidence: 0.828125, accuracy: 0.5 });
  expect(bins[0]).toEqual({ from: 0, to: 1 / 15, n: 0, confidence: null, accuracy: null });
  expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(4);
  // 2/4 · |0.5 − 0.5| + 2/4 · |0.5 − 0.828125|
  expect(ece).toBeCloseTo(0.1640625, 12);
});

test("calibrationOf() puts a confidence of 1 into the last bin and of 0 into the first", () => {
  const { bins } = calibrationOf([
    { confidence: 1, isRight: true },
    { confidence: 0, isRight: false },
  ]);
  expect(bins[14]!.n).toBe(1);
  expect(bins[0]!.n).toBe(1);
});

test("calibrationOf() gives an error of 0 when certain predictions are all correct, and of 1 when all are incorrect", () => {
  const certain = (isRight: boolean) =>
    calibrationOf([1, 1, 1].map((confidence) => ({ confidence, isRight })));
  expect(certain(true).ece).toBe(0);
  expect(certain(false).ece).toBe(1);
});
