import { expect, test } from "bun:test";
import { sumReference } from "../../../src/kernels/ops/Sum.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

for (const [rows, cols] of [
  [1, 4],
  [5, 7],
  [17, 16],
  [1000, 33],
  [3, 20000],
] as const) {
  test(`Sum() over the rows of ${rows}×${cols} is within 1e-5 of the reference's largest value`, () => {
    const x = randomValues(rows * cols, 1);
    expectClose(
      valuesOf(() => tf.sum(tf.tensor2d(x, [rows, cols]), 0)),
      sumReference(rows, cols, x),
      1e-5,
    );
  });
}

test("Sum() over several leading axes keeps them as ones with keepDims", () => {
  const x = tf.ones([2, 3, 4, 5]);
  const sum = tf.sum(x, [0, 1, 2], true);
  expect(sum.shape).toEqual([1, 1, 1, 5]);
  expect([...sum.dataSync()]).toEqual([24, 24, 24, 24, 24]);
  tf.dispose([x, sum]);
});

for (const axis of [undefined, 1, [1, 2], [0, 2], [-1], [-3, 1]]) {
  test(`Sum() over axes ${JSON.stringify(axis) ?? "all"} of [3, 5, 8] is within 1e-5 of tfjs's cpu backend`, async () => {
    const compute = () => tf.sum(tf.tensor(randomValues(120, 1), [3, 5, 8]), axis);
    expectClose(valuesOf(compute), await valuesOnCpu(compute), 1e-5);
  });
}

test("Sum() of integers is left to tfjs and is exact", () => {
  expect([...valuesOf(() => tf.sum(tf.ones([3, 4], "int32"), 0))]).toEqual([3, 3, 3, 3]);
});
