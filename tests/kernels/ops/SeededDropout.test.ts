import { expect, test } from "bun:test";
import { seededDropoutReference } from "../../../src/kernels/ops/SeededDropout.reference.ts";
import { dropout } from "../../../src/kernels/own-operations.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf } from "../support/backends.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

for (const [n, rate, seed] of [
  [1, 0.5, 0],
  [7, 0.25, 1],
  [1001, 0, 5],
  [50_000, 0.25, 2 ** 31 - 1],
] as const) {
  test(`dropout() equals the reference within 1e-6 for ${n} values, rate ${rate}, seed ${seed}`, () => {
    const x = randomValues(n, 1);
    expectClose(
      valuesOf(() => dropout(tf.tensor1d(x), rate, seed)),
      seededDropoutReference(x, rate, seed),
      1e-6,
    );
  });
}

test("dropout() keeps three in four at rate 0.25, within 1 %, and their mean, for every seed", () => {
  for (const seed of [0, 1, 12_345]) {
    const values = valuesOf(() => dropout(tf.ones([100_000]), 0.25, seed));
    const kept = values.filter((value) => value !== 0);
    expect(Math.abs(kept.length / 100_000 - 0.75)).toBeLessThan(0.01);
    expect(kept.every((value) => Math.abs(value - 4 / 3) < 1e-6)).toBe(true);
  }
});

test("dropout() by another seed drops other values: two masks agree about as often as expected by chance", () => {
  const [a, b] = [1, 2].map((seed) => valuesOf(() => dropout(tf.ones([100_000]), 0.5, seed)));
  const equal = a!.filter((value, i) => value === b![i]).length;
  expect(Math.abs(equal / 100_000 - 0.5)).toBeLessThan(0.01);
});

test("dropout() passes gradients through the same mask", () => {
  const x = randomValues(1000, 1);
  const y = valuesOf(() => dropout(tf.ones([1000]), 0.5, 9));
  const gradient = valuesOf(() =>
    tf.grad((value) => dropout(value, 0.5, 9))(tf.tensor1d(x), tf.ones([1000])),
  );
  expect(gradient).toEqual(y);
});

test("dropout() refuses a rate that leaves nothing, and integers", () => {
  const x = tf.ones([4]);
  expect(() => dropout(x, 1, 0)).toThrow("expected a rate in [0, 1)");
  expect(() => dropout(tf.ones([4], "int32"), 0.5, 0)).toThrow("expected float32");
});
