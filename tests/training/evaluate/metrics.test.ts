import { describe, expect, test } from "bun:test";
import { report } from "../../../src/training/evaluate/metrics.ts";

const classes = ["a", "b", "c"];

describe("report()", () => {
  // True classes a a a b b, predicted a a b b c. None is truly c.
  const logits = Float32Array.from([5, 0, 0, 3, 2, 1, 0, 1, 0, 0, 9, 0, 0, 1, 2]);
  const labels = Uint8Array.from([0, 0, 0, 1, 1]);
  const result = report(logits, labels, classes);

  test("counts each true class in its row and each predicted one in its column", () => {
    expect(result.confusion).toEqual([
      [2, 1, 0],
      [0, 1, 1],
      [0, 0, 0],
    ]);
  });

  test("gives the accuracy, recall and precision computed by hand, and null where there is nothing to divide by", () => {
    expect(result.n).toBe(5);
    expect(result.accuracy).toBe(3 / 5);
    expect(result.per_class).toEqual([
      { label: "a", n: 3, recall: 2 / 3, precision: 2 / 2 },
      { label: "b", n: 2, recall: 1 / 2, precision: 1 / 2 },
      { label: "c", n: 0, recall: null, precision: 0 },
    ]);
  });

  test("gives null for the precision of a class that is never predicted", () => {
    expect(
      report(Float32Array.from([1, 0]), Uint8Array.from([0]), ["a", "b"]).per_class[1]!.precision,
    ).toBeNull();
  });

  test("gives the mean cross-entropy in nats: log K when all logits are equal", () => {
    const equal = report(new Float32Array(6), Uint8Array.from([0, 2]), classes);
    expect(equal.loss).toBeCloseTo(Math.log(3), 12);
    const byHand = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(4)) - 2;
    expect(report(Float32Array.from([1, 2, 4]), Uint8Array.from([1]), classes).loss).toBeCloseTo(byHand, 12);
  });

  test("bins the softmax of the predicted class for the calibration", () => {
    // Of two classes at logit difference d the greater has 1/(1+e^-d): 0.75 at ln 3, 0.9 at ln 9.
    const pairs = Float32Array.from([Math.log(3), 0, 0, Math.log(9), 0, Math.log(9)]);
    const { ece, bins } = report(pairs, Uint8Array.from([0, 1, 0]), ["a", "b"]).calibration;
    expect(bins[11]).toMatchObject({ n: 1, accuracy: 1 });
    expect(bins[11]!.confidence).toBeCloseTo(0.75, 6);
    expect(bins[13]).toMatchObject({ n: 2, accuracy: 0.5 });
    expect(bins[13]!.confidence).toBeCloseTo(0.9, 6);
    // 1/3 · |1 − 0.75| + 2/3 · |0.5 − 0.9|
    expect(ece).toBeCloseTo(0.25 / 3 + 0.8 / 3, 6);
  });

  test("does not overflow when logits are large", () => {
    expect(report(Float32Array.from([1000, -1000, 0]), Uint8Array.from([1]), classes).loss).toBe(2000);
  });

  test("takes the first of equal logits", () => {
    expect(report(new Float32Array(3), Uint8Array.from([2]), classes).confusion[2]).toEqual([1, 0, 0]);
  });

  test("throws a RangeError when sizes disagree, the set is empty or a label is not a class", () => {
    expect(() => report(new Float32Array(5), Uint8Array.from([0, 1]), classes)).toThrow(RangeError);
    expect(() => report(new Float32Array(), new Uint8Array(), classes)).toThrow(RangeError);
    expect(() => report(new Float32Array(3), Uint8Array.from([3]), classes)).toThrow("label 3 of 3 classes");
  });
});
