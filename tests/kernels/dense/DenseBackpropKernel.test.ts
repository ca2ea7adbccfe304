import { expect, test } from "bun:test";
import { denseBackpropKernelReference } from "../../../src/kernels/dense/DenseBackpropKernel.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf } from "../support/backends.ts";
import { DENSE_SIZES, describeDense, sparseGradients } from "../support/dense.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

function kernelGradient(x: tf.Tensor, dz: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel("DenseBackpropKernel", { x, dz }) as tf.Tensor;
}

for (const sizes of DENSE_SIZES) {
  const { n, p, k } = sizes;
  for (const every of [1, 2, 7]) {
    test(`DenseBackpropKernel() is within 1e-5 of the reference's largest value for ${describeDense(sizes)}, one gradient in ${every} being 0`, () => {
      const x = randomValues(n * p, 1);
      const dz = sparseGradients(n * k, every, 2);
      const found = valuesOf(() => kernelGradient(tf.tensor(x, [n, p]), tf.tensor(dz, [n, k])));
      expectClose(found, denseBackpropKernelReference(sizes, x, dz), 1e-5);
    });
  }
}

test("DenseBackpropKernel() counts 0 times an infinity as 0, as the reference does", () => {
  const [x, dz] = [Float32Array.of(Number.POSITIVE_INFINITY, 3), Float32Array.of(0, 2)];
  const found = valuesOf(() => kernelGradient(tf.tensor(x, [2, 1]), tf.tensor(dz, [2, 1])));
  expect([...found]).toEqual([6]);
  expect([...denseBackpropKernelReference({ n: 2, p: 1, k: 1 }, x, dz)]).toEqual([6]);
});
