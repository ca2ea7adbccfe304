import { expect, test } from "bun:test";
import { conv2DReference } from "../../../src/kernels/convolution/Conv2D.reference.ts";
import { conv2DBackpropInputReference } from "../../../src/kernels/convolution/Conv2DBackpropInput.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import {
  CONVOLUTIONS,
  type ConvCase,
  count,
  describeCase,
  outShapeOf,
  roundingOf,
  sizesOf,
} from "../support/convolutions.ts";
import { centralDifference, dot, expectClose, randomValues } from "../support/numbers.ts";

useKernels();

function inputGradient(c: ConvCase): tf.Tensor {
  const outShape = outShapeOf(sizesOf(c));
  const x = tf.zeros(c.x) as tf.Tensor4D;
  const filter = tf.tensor4d(randomValues(count(c.filter), 2), c.filter);
  const dy = tf.tensor(randomValues(count(outShape), 3), outShape);
  const convolve = (value: tf.Tensor) =>
    tf.conv2d(value as tf.Tensor4D, filter, c.strides, c.pad, "NHWC", 1, roundingOf(c));
  return tf.grad(convolve)(x, dy);
}

for (const c of CONVOLUTIONS) {
  test(`Conv2DBackpropInput() is within 1e-5 of the reference's largest value for ${describeCase(c)}`, () => {
    const s = sizesOf(c);
    const dy = randomValues(count(outShapeOf(s)), 3);
    const expected = conv2DBackpropInputReference(s, dy, randomValues(count(c.filter), 2));
    expectClose(
      valuesOf(() => inputGradient(c)),
      expected,
      1e-5,
    );
  });
}

test("Conv2DBackpropInput() is within 1e-5 of tfjs's cpu backend for Winograd's sizes", async () => {
  const c = CONVOLUTIONS.at(-2)!;
  expectClose(
    valuesOf(() => inputGradient(c)),
    await valuesOnCpu(() => inputGradient(c)),
    1e-5,
  );
});

for (const c of [CONVOLUTIONS[4]!, CONVOLUTIONS.at(-2)!]) {
  test(`Conv2DBackpropInput() matches central differences within 1e-4 for ${describeCase(c)}`, () => {
    const s = sizesOf(c);
    const x = randomValues(count(c.x), 1);
    const filter = randomValues(count(c.filter), 2);
    const dy = randomValues(count(outShapeOf(s)), 3);
    const gradient = valuesOf(() => inputGradient(c));
    const loss = (values: Float64Array) => dot(conv2DReference(s, values, filter), dy);
    for (const i of [0, 1, 17, x.length >> 1, x.length - 1]) {
      expect(gradient[i]!).toBeCloseTo(centralDifference(loss, x, i), 4);
    }
  });
}
