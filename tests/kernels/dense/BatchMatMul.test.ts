import { expect, test } from "bun:test";
import { batchMatMulReference, type ProductSizes } from "../../../src/kernels/dense/BatchMatMul.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import { expectClose, randomValues } from "../support/numbers.ts";
import { describeProduct, PRODUCTS } from "../support/products.ts";

useKernels();

function operands(s: ProductSizes): [tf.Tensor2D, tf.Tensor2D] {
  return [
    tf.tensor2d(randomValues(s.m * s.k, 1), s.transposeA ? [s.k, s.m] : [s.m, s.k]),
    tf.tensor2d(randomValues(s.k * s.n, 2), s.transposeB ? [s.n, s.k] : [s.k, s.n]),
  ];
}

for (const s of PRODUCTS) {
  test(`BatchMatMul() is within 1e-5 of the reference's largest value for ${describeProduct(s)}`, () => {
    const expected = batchMatMulReference(s, randomValues(s.m * s.k, 1), randomValues(s.k * s.n, 2));
    expectClose(
      valuesOf(() => tf.matMul(...operands(s), s.transposeA, s.transposeB)),
      expected,
      1e-5,
    );
  });
}

test("BatchMatMul() multiplies each pair of a batch as tfjs's cpu backend does, within 1e-5", async () => {
  const multiply = () =>
    tf.matMul(
      tf.tensor(randomValues(4 * 3 * 7 * 5, 1), [4, 3, 7, 5]),
      tf.tensor(randomValues(4 * 3 * 5 * 9, 2), [4, 3, 5, 9]),
    );
  expectClose(valuesOf(multiply), await valuesOnCpu(multiply), 1e-5);
});

test("BatchMatMul() repeats a single matrix over the other side's batch", async () => {
  const multiply = () =>
    tf.matMul(tf.tensor(randomValues(3 * 7 * 5, 1), [3, 7, 5]), tf.tensor(randomValues(5 * 9, 2), [1, 5, 9]));
  expectClose(valuesOf(multiply), await valuesOnCpu(multiply), 1e-5);
});

test("BatchMatMul() has the gradients of tfjs's cpu backend within 1e-5", async () => {
  const [a, b] = [randomValues(13 * 70, 1), randomValues(70 * 9, 2)];
  const gradient = (side: 0 | 1) => () =>
    tf.grads((x, y) => tf.square(tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D)))([
      tf.tensor2d(a, [13, 70]),
      tf.tensor2d(b, [70, 9]),
    ])[side]!;
  expectClose(valuesOf(gradient(0)), await valuesOnCpu(gradient(0)), 1e-5);
  expectClose(valuesOf(gradient(1)), await valuesOnCpu(gradient(1)), 1e-5);
});

test("BatchMatMul() returns an empty product of empty matrices", () => {
  expect(
    valuesOf(() => tf.matMul(tf.zeros([0, 3]) as tf.Tensor2D, tf.zeros([3, 4]) as tf.Tensor2D)),
  ).toHaveLength(0);
});
