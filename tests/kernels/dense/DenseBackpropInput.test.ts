import { expect, test } from "bun:test";
import { denseBackpropInputReference } from "../../../src/kernels/dense/DenseBackpropInput.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf } from "../support/backends.ts";
import { DENSE_SIZES, describeDense, sparseGradients } from "../support/dense.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

function inputGradient(dz: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel("DenseBackpropInput", { dz, kernel }) as tf.Tensor;
}

for (const sizes of DENSE_SIZES) {
  const { n, p, k } = sizes;
  for (const every of [1, 2, 7]) {
    test(`DenseBackpropInput() is within 1e-5 of the reference's largest value for ${describeDense(sizes)}, one gradient in ${every} being 0`, () => {
      const dz = sparseGradients(n * k, every, 1);
      const kernel = randomValues(p * k, 2);
      const found = valuesOf(() => inputGradient(tf.tensor(dz, [n, k]), tf.tensor(kernel, [p, k])));
      expectClose(found, denseBackpropInputReference(sizes, dz, kernel), 1e-5);
    });
  }
}

test("DenseBackpropInput() counts 0 times an infinity as 0, as the reference does", () => {
  const [dz, kernel] = [Float32Array.of(0, 2), Float32Array.of(Number.POSITIVE_INFINITY, 3)];
  const found = valuesOf(() => inputGradient(tf.tensor(dz, [1, 2]), tf.tensor(kernel, [1, 2])));
  expect([...found]).toEqual([6]);
  expect([...denseBackpropInputReference({ n: 1, p: 1, k: 2 }, dz, kernel)]).toEqual([6]);
});
