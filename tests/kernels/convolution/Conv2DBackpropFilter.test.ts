import { expect, test } from "bun:test";
import { conv2DReference } from "../../../src/kernels/convolution/Conv2D.reference.ts";
import { conv2DBackpropFilterReference } from "../../../src/kernels/convolution/Conv2DBackpropFilter.reference.ts";
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

function filterGradient(c: ConvCase): tf.Tensor {
  const outShape = outShapeOf(sizesOf(c));
  const x = tf.tensor4d(randomValues(count(c.x), 1), c.x);
  const filter = tf.zeros(c.filter) as tf.Tensor4D;
  const dy = tf.tensor(randomValues(count(outShape), 3), outShape);
  const convolve = (value: tf.Tensor) =>
    tf.conv2d(x, value as tf.Tensor4D, c.strides, c.pad, "NHWC", 1, roundingOf(c));
  return tf.grad(convolve)(filter, dy);
}

for (const c of CONVOLUTIONS) {
  test(`Conv2DBackpropFilter() is within 1e-5 of the reference's largest value for ${describeCase(c)}`, () => {
    const s = sizesOf(c);
    const dy = randomValues(count(outShapeOf(s)), 3);
    const expected = conv2DBackpropFilterReference(s, randomValues(count(c.x), 1), dy);
    expectClose(
      valuesOf(() => filterGradient(c)),
      expected,
      1e-5,
    );
  });
}

test("Conv2DBackpropFilter() is within 1e-5 of tfjs's cpu backend for Winograd's sizes", async () => {
  const c = CONVOLUTIONS.at(-2)!;
  expectClose(
    valuesOf(() => filterGradient(c)),
    await valuesOnCpu(() => filterGradient(c)),
    1e-5,
  );
});

for (const c of [CONVOLUTIONS[4]!, CONVOLUTIONS.at(-2)!]) {
  test(`Conv2DBackpropFilter() matches central differences within 1e-4 for ${describeCase(c)}`, () => {
    const s = sizesOf(c);
    const x = randomValues(count(c.x), 1);
    const filter = randomValues(count(c.filter), 2);
    const dy = randomValues(count(outShapeOf(s)), 3);
    const gradient = valuesOf(() => filterGradient(c));
    const loss = (values: Float64Array) => dot(conv2DReference(s, x, values), dy);
    for (const i of [0, 1, 17, filter.length >> 1, filter.length - 1]) {
      expect(gradient[i]!).toBeCloseTo(centralDifference(loss, filter, i), 4);
    }
  });
}

test("Conv2DBackpropFilter() throws and names what it cannot compute when the images are NCHW", () => {
  const x = tf.zeros([1, 1, 4, 4]);
  const dy = tf.zeros([1, 1, 3, 3]);
  const attributes = { strides: 1, pad: "valid", dataFormat: "NCHW", filterShape: [2, 2, 1, 1] };
  expect(() =>
    tf.engine().runKernel("Conv2DBackpropFilter", { x, dy }, attributes as unknown as tf.NamedAttrMap),
  ).toThrow("The wasm backend cannot compute Conv2DBackpropFilter of float32 NCHW");
  tf.dispose([x, dy]);
});
