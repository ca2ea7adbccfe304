import { expect, test } from "bun:test";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels } from "../support/backends.ts";

useKernels();

test("Identity() keeps the values after the first tensor is disposed of", () => {
  const first = tf.tensor1d([1, 2, 3]);
  const second = tf.clone(first);
  first.dispose();
  // Would reuse the freed block of the heap.
  const other = tf.tensor1d([7, 8, 9]);
  expect([...second.dataSync()]).toEqual([1, 2, 3]);
  tf.dispose([second, other]);
});

test("Identity() frees the values with the last tensor that uses them", () => {
  const before = tf.memory().numDataBuffers;
  const first = tf.tensor1d([1, 2, 3]);
  const second = tf.clone(first);
  tf.dispose([first, second]);
  expect(tf.memory().numDataBuffers).toBe(before);
});
