import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { RMSprop } from "../../../src/training/fit/rmsprop.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  });
});
afterAll(() => backend.dispose());

describe("RMSprop", () => {
  test("apply() follows Keras's formula over three steps within 1e-6", () => {
    const optimiser = new RMSprop();
    const variable = tf.variable(tf.tensor1d([1, -2, 0.5]), true, "rmsprop_test");
    const expected = [1, -2, 0.5];
    const squares = [0, 0, 0];
    for (const gradient of [
      [0.1, -4, 0],
      [0.3, 2, 1e-5],
      [-0.2, 0, 5],
    ]) {
      gradient.forEach((g, i) => {
        squares[i] = 0.9 * squares[i]! + 0.1 * g * g;
        expected[i] = expected[i]! - (0.01 * g) / Math.sqrt(squares[i]! + 1e-7);
      });
      const gradients = { rmsprop_test: tf.tensor1d(gradient) };
      optimiser.apply(gradients, [variable], 0.01);
      gradients.rmsprop_test.dispose();
      variable
        .dataSync()
        .forEach((value, i) => void expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6));
    }
    optimiser.dispose();
    variable.dispose();
  });

  test("dispose() releases all that apply() allocated", () => {
    const variable = tf.variable(tf.ones([4]), true, "rmsprop_memory_test");
    const before = tf.memory().numTensors;
    const optimiser = new RMSprop();
    const gradient = tf.ones([4]);
    for (let i = 0; i < 3; i++) optimiser.apply({ rmsprop_memory_test: gradient }, [variable], 0.1);
    gradient.dispose();
    expect(tf.memory().numTensors).toBe(before + 1);
    optimiser.dispose();
    expect(tf.memory().numTensors).toBe(before);
    variable.dispose();
  });
});
