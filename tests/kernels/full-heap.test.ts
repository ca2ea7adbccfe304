import { afterEach, expect, test } from "bun:test";
import { type Backend, initBackend } from "../../src/kernels/init-backend.ts";
import * as tf from "../../src/kernels/tf.ts";

const MIB = 2 ** 20;
let backend: Backend | null = null;
afterEach(() => {
  backend?.dispose();
  backend = null;
});

test("an operation for which the heap has no room throws, leaves all tensors unchanged, and succeeds with less", async () => {
  const workerUrl = new URL("../../src/kernel-worker.ts", import.meta.url);
  backend = await initBackend({ threads: 1, workerUrl, maxHeapBytes: 64 * MIB });
  const before = tf.tensor1d([1, 2, 3]);
  const kept: tf.Tensor[] = [];
  const fill = () => {
    for (;;) kept.push(tf.zeros([1024, 1024]));
  };
  expect(fill).toThrow(RangeError);
  expect(fill).toThrow(
    /^Cannot allocate 4194304 bytes for a tensor: the WASM heap is full at \d+ MiB\. Use smaller batches/,
  );
  expect(kept.length).toBeGreaterThan(5);
  expect([...tf.add(before, 1).dataSync()]).toEqual([2, 3, 4]);
  for (const tensor of kept) tensor.dispose();
  expect(tf.sum(tf.ones([1024, 1024])).dataSync()[0]).toBe(1024 * 1024);
});
