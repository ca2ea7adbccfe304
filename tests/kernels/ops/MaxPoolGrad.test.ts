import { expect, test } from "bun:test";
import { maxPoolGradReference } from "../../../src/kernels/ops/MaxPoolGrad.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import { count } from "../support/convolutions.ts";
import { centralDifference, dot, expectClose, randomValues } from "../support/numbers.ts";

useKernels();

type Shape = [number, number, number, number];
const SHAPES: readonly Shape[] = [
  [1, 2, 2, 1],
  [2, 24, 24, 64],
  [3, 5, 7, 6],
  [1, 9, 2, 3],
];

function gradient(
  shape: Shape,
  x: Float32Array,
  pool: number,
  stride: number,
  pad: "valid" | "same",
): tf.Tensor {
  const forward = (value: tf.Tensor) => tf.maxPool(value as tf.Tensor4D, pool, stride, pad);
  const input = tf.tensor4d(x, shape);
  const outShape = forward(input).shape;
  return tf.grad(forward)(input, tf.tensor(randomValues(count(outShape), 2), outShape));
}

/** Few different values, so that many windows have equal maxima. */
const withTies = (n: number) => randomValues(n, 1).map((value) => Math.round(value * 2));

for (const shape of SHAPES) {
  const [n, h, w, c] = shape;
  const dySize = n * (h >> 1) * (w >> 1) * c;
  test(`MaxPoolGrad() equals the reference for [${shape}]`, () => {
    const x = randomValues(count(shape), 1);
    expectClose(
      valuesOf(() => gradient(shape, x, 2, 2, "valid")),
      maxPoolGradReference(shape, x, randomValues(dySize, 2)),
      0,
    );
  });

  test(`MaxPoolGrad() gives the gradient to one input only when several are the maximum, for [${shape}]`, () => {
    const x = withTies(count(shape));
    expectClose(
      valuesOf(() => gradient(shape, x, 2, 2, "valid")),
      maxPoolGradReference(shape, x, randomValues(dySize, 2)),
      0,
    );
  });
}

test("MaxPoolGrad() equals tfjs's cpu backend, ties included", async () => {
  const x = withTies(count([3, 6, 8, 5]));
  const compute = () => gradient([3, 6, 8, 5], x, 2, 2, "valid");
  expectClose(valuesOf(compute), await valuesOnCpu(compute), 0);
});

test("MaxPoolGrad() matches central differences within 1e-4 where no maximum is near another", () => {
  const shape: Shape = [1, 4, 6, 3];
  const x = Float32Array.from({ length: 72 }, (_, i) => (i * 29) % 72);
  const dy = randomValues(18, 2);
  const found = valuesOf(() => gradient(shape, x, 2, 2, "valid"));
  const loss = (values: Float64Array) => {
    const pooled = valuesOf(() => tf.maxPool(tf.tensor4d(Float32Array.from(values), shape), 2, 2, "valid"));
    return dot(pooled, dy);
  };
  for (let i = 0; i < x.length; i += 5) expect(found[i]!).toBeCloseTo(centralDifference(loss, x, i), 2);
});

for (const [pool, stride, pad] of [
  [3, 3, "valid"],
  [3, 2, "same"],
  [2, 1, "valid"],
] as const) {
  test(`MaxPoolGrad() equals tfjs's cpu backend within 1e-6 for windows of ${pool} with stride ${stride} and ${pad} padding`, async () => {
    const x = randomValues(count([2, 7, 8, 5]), 1);
    const compute = () => gradient([2, 7, 8, 5], x, pool, stride, pad);
    expectClose(valuesOf(compute), await valuesOnCpu(compute), 1e-6);
  });
}
