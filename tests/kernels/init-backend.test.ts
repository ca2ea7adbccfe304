import { afterEach, expect, test } from "bun:test";
import { type Backend, initBackend } from "../../src/kernels/init-backend.ts";
import { convBiasRelu, convBiasReluMaxPool, denseRelu, dropout } from "../../src/kernels/own-operations.ts";
import * as tf from "../../src/kernels/tf.ts";
import { valuesOf, valuesOnCpu, WORKER_URL } from "./support/backends.ts";
import { expectClose, randomValues } from "./support/numbers.ts";

let backend: Backend | null = null;

afterEach(() => {
  backend?.dispose();
  backend = null;
});

async function start(threads: number): Promise<Backend> {
  backend = await initBackend({ threads, workerUrl: WORKER_URL });
  return backend;
}

const SHAPES = [[3, 3, 1, 16], [16], [3, 3, 16, 16], [16], [784, 10], [10]];

/** The gradients of a small CNN's weights: two convolutions, pooling, dense, softmax cross-entropy. */
function gradients(): tf.Tensor[] {
  const x = tf.tensor4d(randomValues(3 * 18 * 18, 1), [3, 18, 18, 1]);
  const labels = tf.oneHot(
    tf.tensor1d(
      Array.from({ length: 3 }, (_, i) => 3 * i),
      "int32",
    ),
    10,
  );
  const weights = SHAPES.map((shape, i) => {
    const size = shape.reduce((product, length) => product * length);
    return tf.mul(tf.tensor(randomValues(size, i + 2), shape), 0.3);
  });
  return tf.grads((...values) => {
    const [filter1, bias1, filter2, bias2, kernel, bias] = values as [tf.Tensor4D, ...tf.Tensor[]];
    const first = tf.relu(tf.add(tf.conv2d(x, filter1, 1, "valid"), bias1!)) as tf.Tensor4D;
    const second = tf.relu(
      tf.add(tf.conv2d(first, filter2 as tf.Tensor4D, 1, "valid"), bias2!),
    ) as tf.Tensor4D;
    const flat = tf.reshape(tf.maxPool(second, 2, 2, "valid"), [3, -1]) as tf.Tensor2D;
    return tf.losses.softmaxCrossEntropy(labels, tf.add(tf.matMul(flat, kernel as tf.Tensor2D), bias!));
  })(weights);
}

/** All of them, concatenated. */
const allGradients = () => tf.concat(gradients().map((gradient) => tf.reshape(gradient, [-1])));

test("initBackend() makes wasm the backend and returns tfjs with it", async () => {
  const { threads, tf: given } = await start(1);
  expect(threads).toBe(1);
  expect(given.getBackend()).toBe("wasm");
});

test("initBackend() returns the same backend for the same options", async () => {
  expect(await start(1)).toBe(await start(1));
});

test("initBackend() refuses other options while a backend is in use, and accepts them once it is disposed of", async () => {
  const first = await start(1);
  expect(() => initBackend({ threads: 2, workerUrl: WORKER_URL })).toThrow("Dispose of that backend first");
  first.dispose();
  expect((await start(2)).threads).toBe(2);
});

test("initBackend() refuses another limit of the heap while a backend is in use; the default is 2 GiB", async () => {
  const first = await start(1);
  const limited = { threads: 1, workerUrl: WORKER_URL, maxHeapBytes: 64 * 2 ** 20 };
  expect(() => initBackend(limited)).toThrow("a heap of at most 64 MiB. Dispose of that backend first");
  expect(await initBackend({ ...limited, maxHeapBytes: 2 ** 31 })).toBe(first);
  first.dispose();
  backend = await initBackend(limited);
  expect(backend).not.toBe(first);
});

for (const threads of [0, 1.5, 65, Number.NaN]) {
  test(`initBackend() refuses ${threads} threads`, () => {
    expect(() => initBackend({ threads, workerUrl: WORKER_URL })).toThrow(
      "expected a whole number from 1 to 64",
    );
  });
}

test("initBackend() succeeds after an attempt whose worker could not be started", async () => {
  const nowhere = initBackend({ threads: 2, workerUrl: "file:///nowhere/worker.ts" });
  await expect(nowhere).rejects.toThrow("thread pool");
  expect((await start(2)).threads).toBe(2);
});

test("initBackend() leaves the process's error handlers and Worker as they were", async () => {
  const before = [process.listeners("uncaughtException"), process.listeners("unhandledRejection"), Worker];
  await start(1);
  expect([process.listeners("uncaughtException"), process.listeners("unhandledRejection"), Worker]).toEqual(
    before,
  );
});

test("a CNN's gradients are each within 1e-5 of tfjs's cpu backend", async () => {
  await start(2);
  const found = valuesOf(allGradients);
  const expected = await valuesOnCpu(allGradients);
  let from = 0;
  for (const shape of SHAPES) {
    const to = from + shape.reduce((product, length) => product * length);
    expectClose(found.subarray(from, to), expected.subarray(from, to), 1e-5);
    from = to;
  }
  expect(from).toBe(found.length);
});

test("a CNN's gradients are bit-identical on 1, 2 and 3 threads", async () => {
  const results: Float32Array[] = [];
  for (const threads of [1, 2, 3]) {
    const started = await start(threads);
    results.push(valuesOf(allGradients));
    started.dispose();
  }
  backend = null;
  expect(results[1]).toEqual(results[0]!);
  expect(results[2]).toEqual(results[0]!);
});

test("the gradients of our own operations are bit-identical on 1, 2 and 3 threads", async () => {
  const results: Float32Array[] = [];
  for (const threads of [1, 2, 3]) {
    const started = await start(threads);
    results.push(valuesOf(operationGradients));
    started.dispose();
  }
  backend = null;
  expect(results[1]).toEqual(results[0]!);
  expect(results[2]).toEqual(results[0]!);
});

/** Gradients of the squared outputs of two convolutions, the second one pooled, and a dense layer, for 20 images. */
function operationGradients(): tf.Tensor {
  const inputs = [
    tf.tensor(randomValues(20 * 14 * 14, 1), [20, 14, 14, 1]),
    tf.tensor(randomValues(9 * 32, 2), [3, 3, 1, 32]),
    tf.tensor(randomValues(32, 3)),
    tf.tensor(randomValues(9 * 32 * 20, 4), [3, 3, 32, 20]),
    tf.tensor(randomValues(20, 5)),
    tf.tensor(randomValues(500 * 33, 6), [500, 33]),
    tf.tensor(randomValues(33, 7)),
  ];
  const found = tf.grads((x, filter1, bias1, filter2, bias2, kernel, bias) => {
    const plain = { strides: [1, 1] as [number, number], pad: "valid" as const };
    const first = convBiasRelu(x as tf.Tensor4D, filter1 as tf.Tensor4D, bias1!, plain);
    const pooled = convBiasReluMaxPool(first, filter2 as tf.Tensor4D, bias2!, plain);
    const flat = tf.reshape(dropout(pooled, 0.25, 7), [20, 500]) as tf.Tensor2D;
    const hidden = denseRelu(flat, kernel as tf.Tensor2D, bias as tf.Tensor1D);
    return tf.sum(tf.square(dropout(hidden, 0.5, 8)));
  })(inputs);
  return tf.concat(found.map((gradient) => tf.reshape(gradient, [-1])));
}

test("a program with its own import of tfjs gets a convolution's gradients after initBackend and setBackend", async () => {
  const kernels = await import("../../src/kernels/kernels.ts");
  const own = await import("@tensorflow/tfjs-core");
  backend = await kernels.initBackend({ threads: 1, workerUrl: WORKER_URL });
  await own.setBackend("wasm");
  const [x, filter] = [own.ones([1, 3, 3, 1]) as tf.Tensor4D, own.ones([2, 2, 1, 1]) as tf.Tensor4D];
  const [dX, dFilter] = own.grads((a, b) => own.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "valid"))([
    x,
    filter,
  ]);
  expect([...dX!.dataSync()]).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1]);
  expect([...dFilter!.dataSync()]).toEqual([4, 4, 4, 4]);
});

test("a model of the layers API learns to tell two stripes apart, and leaves no tensor behind", async () => {
  await start(2);
  const before = tf.memory().numTensors;
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [10, 10, 1],
        filters: 16,
        kernelSize: 3,
        activation: "relu",
        kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({
        units: 2,
        activation: "softmax",
        kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
      }),
    ],
  });
  const optimizer = tf.train.rmsprop(0.01);
  model.compile({ optimizer, loss: "categoricalCrossentropy" });
  const noise = randomValues(64 * 100, 3);
  const x = tf.tensor4d(
    noise.map((value, i) => value + ((i / 100) & 1 ? Math.floor((i % 100) / 10) % 2 : i % 2)),
    [64, 10, 10, 1],
  );
  const y = tf.oneHot(
    tf.tensor1d(
      Array.from({ length: 64 }, (_, i) => i & 1),
      "int32",
    ),
    2,
  );
  const losses: number[] = [];
  for (let step = 0; step < 30; step++) losses.push((await model.trainOnBatch(x, y)) as number);
  expect(losses[0]).toBeGreaterThan(0.4);
  expect(losses.at(-1)).toBeLessThan(0.1);
  model.dispose();
  optimizer.dispose();
  tf.dispose([x, y]);
  expect(tf.memory().numTensors).toBeLessThanOrEqual(before + 1);
});
