import { expect, test } from "bun:test";
import { denseBackpropInputReference } from "../../../src/kernels/dense/DenseBackpropInput.reference.ts";
import { denseBackpropKernelReference } from "../../../src/kernels/dense/DenseBackpropKernel.reference.ts";
import { type DenseSizes, denseReluReference } from "../../../src/kernels/dense/DenseRelu.reference.ts";
import { reluGradSumReference } from "../../../src/kernels/ops/ReluGradSum.reference.ts";
import { denseRelu } from "../../../src/kernels/own-operations.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf } from "../support/backends.ts";
import { DENSE_SIZES, describeDense } from "../support/dense.ts";
import { centralDifference, dot, expectClose, randomValues } from "../support/numbers.ts";

useKernels();

interface Values {
  x: Float32Array;
  kernel: Float32Array;
  bias: Float32Array;
  dy: Float32Array;
}

/** Every second value of dy is 0, as after dropout. */
function valuesFor({ n, p, k }: DenseSizes): Values {
  return {
    x: randomValues(n * p, 1),
    kernel: randomValues(p * k, 2),
    bias: randomValues(k, 3),
    dy: randomValues(n * k, 4).map((value, i) => (i % 2 === 0 ? 0 : value)),
  };
}

for (const sizes of DENSE_SIZES) {
  const { n, p, k } = sizes;
  test(`denseRelu() and its gradients are within 1e-5 of the references' largest values for ${describeDense(sizes)}`, () => {
    const v = valuesFor(sizes);
    const expected = denseReluReference(sizes, v.x, v.kernel, v.bias);
    const { dz, dBias } = reluGradSumReference(k, expected, v.dy);
    tf.tidy(() => {
      const inputs = [tf.tensor(v.x, [n, p]), tf.tensor(v.kernel, [p, k]), tf.tensor(v.bias)];
      const apply = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
        denseRelu(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D);
      const y = apply(inputs[0]!, inputs[1]!, inputs[2]!);
      const [dX, dKernel, dB] = tf.grads((a, b, c) => apply(a!, b!, c!))(inputs, tf.tensor(v.dy, [n, k]));
      expectClose(y.dataSync(), expected, 1e-5);
      expectClose(dX!.dataSync(), denseBackpropInputReference(sizes, dz, v.kernel), 1e-5);
      expectClose(dKernel!.dataSync(), denseBackpropKernelReference(sizes, v.x, dz), 1e-5);
      expectClose(dB!.dataSync(), dBias, 1e-5);
    });
  });
}

test("denseRelu()'s input gradient matches central differences within 1e-3", () => {
  const sizes = DENSE_SIZES[1]!;
  const v = valuesFor(sizes);
  const gradient = valuesOf(() => {
    const [kernel, bias] = [tf.tensor2d(v.kernel, [sizes.p, sizes.k]), tf.tensor1d(v.bias)];
    const apply = (x: tf.Tensor) => denseRelu(x as tf.Tensor2D, kernel, bias);
    return tf.grad(apply)(tf.tensor(v.x, [sizes.n, sizes.p]), tf.tensor(v.dy, [sizes.n, sizes.k]));
  });
  const loss = (x: Float64Array) => dot(denseReluReference(sizes, x, v.kernel, v.bias), v.dy);
  for (const i of [0, 3, v.x.length - 1]) {
    expect(gradient[i]!).toBeCloseTo(centralDifference(loss, v.x, i), 3);
  }
});

test("denseRelu() propagates a NaN in dy to both gradients", () => {
  tf.tidy(() => {
    const inputs = [tf.ones([2, 3]), tf.ones([3, 2]), tf.ones([2])];
    const dy = tf.tensor2d([Number.NaN, 0, 0, 1], [2, 2]);
    const [dX, dKernel] = tf.grads((x, kernel, bias) =>
      denseRelu(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D),
    )(inputs, dy);
    expect([...dX!.dataSync()]).toEqual([NaN, NaN, NaN, 1, 1, 1]);
    expect([...dKernel!.dataSync()]).toEqual([NaN, 1, NaN, 1, NaN, 1]);
  });
});

test("denseRelu() refuses sizes that do not fit", () => {
  const [x, kernel, bias] = [tf.zeros([2, 3]), tf.zeros([4, 5]), tf.zeros([5])];
  expect(() => denseRelu(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D)).toThrow(
    "Cannot multiply float32 [2,3] by float32 [4,5] with a bias of [5]",
  );
  tf.dispose([x, kernel, bias]);
});
