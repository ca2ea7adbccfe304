import { expect, test } from "bun:test";
import { rmsPropStepReference } from "../../../src/kernels/ops/RmsPropStep.reference.ts";
import { rmsPropStep } from "../../../src/kernels/own-operations.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels } from "../support/backends.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

const ATTRIBUTES = { learningRate: 0.01, rho: 0.9, epsilon: 1e-7 };

for (const n of [1, 6, 16_385]) {
  test(`rmsPropStep() is within 1e-6 of the reference after three steps of ${n} weights`, () => {
    let expected: { weight: Float64Array; square: Float64Array } = {
      weight: Float64Array.from(randomValues(n, 1)),
      square: new Float64Array(n),
    };
    const weight = tf.variable(tf.tensor1d(randomValues(n, 1)));
    const square = tf.variable(tf.zeros([n]));
    for (let step = 0; step < 3; step++) {
      const values = randomValues(n, 5 + step);
      const gradient = tf.tensor1d(values);
      rmsPropStep(weight, square, gradient, ATTRIBUTES);
      gradient.dispose();
      expected = rmsPropStepReference(expected.weight, expected.square, values, ATTRIBUTES);
    }
    expectClose(weight.dataSync(), expected.weight, 1e-6);
    expectClose(square.dataSync(), expected.square, 1e-6);
    tf.dispose([weight, square]);
  });
}

test("rmsPropStep() leaves no tensor behind, and none of the old values changed", () => {
  const first = tf.tensor1d([1, 2, 3, 4]);
  const weight = tf.variable(first);
  const square = tf.variable(tf.zerosLike(first));
  const gradient = tf.ones([4]);
  const before = tf.memory().numTensors;
  tf.tidy(() => rmsPropStep(weight, square, gradient, ATTRIBUTES));
  expect(tf.memory().numTensors).toBe(before);
  expect([...first.dataSync()]).toEqual([1, 2, 3, 4]);
  tf.dispose([first, weight, square, gradient]);
});

test("rmsPropStep() refuses a gradient of another shape and changes nothing", () => {
  const weight = tf.variable(tf.ones([2, 3]), true, "dense/kernel");
  const square = tf.variable(tf.zeros([2, 3]));
  const gradient = tf.ones([6]);
  expect(() => rmsPropStep(weight, square, gradient, ATTRIBUTES)).toThrow(
    'Cannot update weight "dense/kernel" of shape [2,3] by values of shape [6]',
  );
  expect([...weight.dataSync()]).toEqual([1, 1, 1, 1, 1, 1]);
  tf.dispose([weight, square, gradient]);
});
