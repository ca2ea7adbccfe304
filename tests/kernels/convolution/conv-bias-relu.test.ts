import { expect, test } from "bun:test";
import { convBiasRelu } from "../../../src/kernels/own-operations.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

type Convolve = (
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor,
  strides: [number, number],
  pad: "valid" | "same",
) => tf.Tensor;

const fused: Convolve = (x, filter, bias, strides, pad) => convBiasRelu(x, filter, bias, { strides, pad });
const composed: Convolve = (x, filter, bias, strides, pad) =>
  tf.relu(tf.add(tf.conv2d(x, filter, strides, pad), bias));

/** The gradients of x, filter and bias of the sum of squares, concatenated. */
function gradients(
  convolve: Convolve,
  channels: number,
  strides: [number, number],
  pad: "valid" | "same",
): tf.Tensor {
  const inputs = [
    tf.tensor(randomValues(2 * 8 * 7 * channels, 1), [2, 8, 7, channels]),
    tf.tensor(randomValues(9 * channels * 16, 2), [3, 3, channels, 16]),
    tf.tensor(randomValues(16, 3), [16]),
  ];
  const found = tf.grads((x, filter, bias) =>
    tf.sum(tf.square(convolve(x as tf.Tensor4D, filter as tf.Tensor4D, bias!, strides, pad))),
  )(inputs);
  return tf.concat(found.map((gradient) => tf.reshape(gradient, [-1])));
}

for (const [channels, strides, pad] of [
  [16, [1, 1], "valid"],
  [3, [1, 1], "same"],
  [5, [2, 1], "valid"],
  [1, [1, 1], "valid"],
  [1, [1, 1], "same"],
  [1, [2, 2], "same"],
] as const) {
  test(`convBiasRelu() has the gradients of conv2d, add and relu on the cpu backend within 1e-5 for ${channels} channels, stride ${strides}, ${pad} padding`, async () => {
    const expected = await valuesOnCpu(() => gradients(composed, channels, [...strides], pad));
    expectClose(
      valuesOf(() => gradients(fused, channels, [...strides], pad)),
      expected,
      1e-5,
    );
  });
}

test("convBiasRelu() leaves no tensor behind after a gradient", () => {
  const before = tf.memory().numTensors;
  valuesOf(() => gradients(fused, 16, [1, 1], "valid"));
  expect(tf.memory().numTensors).toBe(before);
});

test("convBiasRelu() refuses a bias and a filter that do not fit", () => {
  const [x, filter, bias] = [tf.zeros([1, 4, 4, 2]), tf.zeros([3, 3, 2, 5]), tf.zeros([4])];
  expect(() =>
    convBiasRelu(x as tf.Tensor4D, filter as tf.Tensor4D, bias, { strides: [1, 1], pad: "valid" }),
  ).toThrow("Cannot convolve [1,4,4,2] with a filter of [3,3,2,5] and a bias of [4]");
  tf.dispose([x, filter, bias]);
});
