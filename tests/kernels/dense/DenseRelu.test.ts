import { expect, test } from "bun:test";
import { batchMatMulReference } from "../../../src/kernels/dense/BatchMatMul.reference.ts";
import { reluGradReference } from "../../../src/kernels/ops/ReluGrad.reference.ts";
import { denseRelu } from "../../../src/kernels/own-operations.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf } from "../support/backends.ts";
import { centralDifference, expectClose, randomValues } from "../support/numbers.ts";

useKernels();

/** Ones, odd sizes, widths below, at and beyond a block of 48, few rows (XNNPACK's) and many. */
const SIZES = [
  { n: 1, p: 1, k: 1 },
  { n: 2, p: 7, k: 5 },
  { n: 33, p: 48, k: 8 },
  { n: 40, p: 145, k: 11 },
  { n: 128, p: 600, k: 128 },
];

interface Values {
  x: Float32Array;
  kernel: Float32Array;
  bias: Float32Array;
  dy: Float32Array;
}

/** dy is 0 in every second place, as after dropout. */
function valuesFor({ n, p, k }: (typeof SIZES)[number]): Values {
  return {
    x: randomValues(n * p, 1),
    kernel: randomValues(p * k, 2),
    bias: randomValues(k, 3),
    dy: randomValues(n * k, 4).map((value, i) => (i % 2 === 0 ? 0 : value)),
  };
}

const plain = { transposeA: false, transposeB: false };

function sumsReference(sizes: (typeof SIZES)[number], x: ArrayLike<number>, v: Values): Float64Array {
  const { n, p, k } = sizes;
  return batchMatMulReference({ m: n, k: p, n: k, ...plain }, x, v.kernel).map(
    (value, i) => value + v.bias[i % k]!,
  );
}

for (const sizes of SIZES) {
  const { n, p, k } = sizes;
  const title = `${n}×${p} by ${p}×${k}`;

  test(`denseRelu() and its gradients are within 1e-5 of the references' largest values for ${title}`, () => {
    const v = valuesFor(sizes);
    const sums = sumsReference(sizes, v.x, v);
    const dz = reluGradReference(sums, v.dy);
    const dBias = new Float64Array(k);
    dz.forEach((value, i) => {
      dBias[i % k]! += value;
    });
    tf.tidy(() => {
      const inputs = [tf.tensor(v.x, [n, p]), tf.tensor(v.kernel, [p, k]), tf.tensor(v.bias)];
      const apply = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
        denseRelu(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D);
      const y = apply(inputs[0]!, inputs[1]!, inputs[2]!);
      const [dX, dKernel, dB] = tf.grads((a, b, c) => apply(a!, b!, c!))(inputs, tf.tensor(v.dy, [n, k]));
      expectClose(
        y.dataSync(),
        sums.map((value) => Math.max(0, value)),
        1e-5,
      );
      expectClose(
        dX!.dataSync(),
        batchMatMulReference({ m: n, k, n: p, transposeA: false, transposeB: true }, dz, v.kernel),
        1e-5,
      );
      expectClose(
        dKernel!.dataSync(),
        batchMatMulReference({ m: p, k: n, n: k, transposeA: true, transposeB: false }, v.x, dz),
        1e-5,
      );
      expectClose(dB!.dataSync(), dBias, 1e-5);
    });
  });
}

test("denseRelu()'s input gradient matches central differences within 1e-3", () => {
  const sizes = SIZES[1]!;
  const v = valuesFor(sizes);
  const gradient = valuesOf(() => {
    const [kernel, bias] = [tf.tensor2d(v.kernel, [sizes.p, sizes.k]), tf.tensor1d(v.bias)];
    const apply = (x: tf.Tensor) => denseRelu(x as tf.Tensor2D, kernel, bias);
    return tf.grad(apply)(tf.tensor(v.x, [sizes.n, sizes.p]), tf.tensor(v.dy, [sizes.n, sizes.k]));
  });
  const loss = (x: Float64Array) =>
    sumsReference(sizes, x, v).reduce((sum, value, i) => sum + Math.max(0, value) * v.dy[i]!, 0);
  for (const i of [0, 3, v.x.length - 1]) {
    expect(gradient[i]!).toBeCloseTo(centralDifference(loss, v.x, i), 3);
  }
});

test("denseRelu() carries a NaN in dy on to both gradients", () => {
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
