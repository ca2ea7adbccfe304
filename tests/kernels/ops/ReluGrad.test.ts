import { expect, test } from "bun:test";
import { reluGradReference } from "../../../src/kernels/ops/ReluGrad.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

const gradient = (x: Float32Array, dy: Float32Array) => () =>
  tf.grad((value) => tf.relu(value))(tf.tensor1d(x), tf.tensor1d(dy));

for (const n of [1, 3, 4, 1001, 16384, 40000]) {
  test(`ReluGrad() equals the reference for ${n} values`, () => {
    const [x, dy] = [randomValues(n, 1), randomValues(n, 2)];
    expectClose(valuesOf(gradient(x, dy)), reluGradReference(x, dy), 0);
  });
}

test("ReluGrad() is 0 where x is 0, on the cpu backend as well", async () => {
  const [x, dy] = [new Float32Array([-1, -0, 0, 1e-30, 2]), new Float32Array([1, 2, 3, 4, 5])];
  expect([...valuesOf(gradient(x, dy))]).toEqual([0, 0, 0, 4, 5]);
  expect([...(await valuesOnCpu(gradient(x, dy)))]).toEqual([0, 0, 0, 4, 5]);
});
