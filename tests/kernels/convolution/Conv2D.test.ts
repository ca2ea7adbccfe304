import { expect, test } from "bun:test";
import { conv2DReference } from "../../../src/kernels/convolution/Conv2D.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import {
  CONVOLUTIONS,
  type ConvCase,
  count,
  DILATED,
  describeCase,
  roundingOf,
  sizesOf,
} from "../support/convolutions.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

function convolve(c: ConvCase): tf.Tensor {
  const x = tf.tensor4d(randomValues(count(c.x), 1), c.x);
  const filter = tf.tensor4d(randomValues(count(c.filter), 2), c.filter);
  return tf.conv2d(x, filter, c.strides, c.pad, "NHWC", c.dilations, roundingOf(c));
}

for (const c of [...CONVOLUTIONS, ...DILATED]) {
  test(`Conv2D() is within 1e-5 of the reference's largest value for ${describeCase(c)}`, () => {
    const expected = conv2DReference(
      sizesOf(c),
      randomValues(count(c.x), 1),
      randomValues(count(c.filter), 2),
    );
    expectClose(
      valuesOf(() => convolve(c)),
      expected,
      1e-5,
    );
  });

  test(`Conv2D() is within 1e-5 of tfjs's cpu backend for ${describeCase(c)}`, async () => {
    expectClose(
      valuesOf(() => convolve(c)),
      await valuesOnCpu(() => convolve(c)),
      1e-5,
    );
  });
}

test("Conv2D() gives bit-identical results again when nothing has changed", () => {
  const c = CONVOLUTIONS.at(-2)!;
  expect(valuesOf(() => convolve(c))).toEqual(valuesOf(() => convolve(c)));
});

test("Conv2D() leaves integers to tfjs, which refuses them, instead of computing something", () => {
  const x = tf.zeros([1, 4, 4, 1], "int32") as tf.Tensor4D;
  const filter = tf.zeros([2, 2, 1, 1]) as tf.Tensor4D;
  expect(() => tf.conv2d(x, filter, 1, "valid")).toThrow("must be float32");
  tf.dispose([x, filter]);
});

test("Conv2D() follows a filter that is replaced, and never works from an earlier one", () => {
  const x = tf.ones([1, 6, 6, 16]) as tf.Tensor4D;
  const filter = tf.variable(tf.ones([3, 3, 16, 16]));
  const before = valuesOf(() => tf.conv2d(x, filter as unknown as tf.Tensor4D, 1, "valid"));
  filter.assign(tf.fill([3, 3, 16, 16], 2));
  const after = valuesOf(() => tf.conv2d(x, filter as unknown as tf.Tensor4D, 1, "valid"));
  expectClose(before, new Array(256).fill(144), 1e-5);
  expectClose(after, new Array(256).fill(288), 1e-5);
  tf.dispose([x, filter]);
});
