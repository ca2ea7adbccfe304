import { initBackend } from "../../../src/kernels/register.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { initStockBackend } from "./stock-backend.ts";

// Trains the Keras MNIST CNN on random images, as many steps as the parent asks for, and answers with how long
// they took. Argument: "stock", or the number of threads.

const BATCH = 128;

const [setup] = process.argv.slice(2);
if (setup === "stock") await initStockBackend();
else {
  const workerUrl = new URL("../../../src/kernel-worker.ts", import.meta.url);
  await initBackend({ threads: Number(setup), workerUrl });
}

const model = tf.sequential({
  layers: [
    tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: "relu" }),
    tf.layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.dropout({ rate: 0.25 }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 128, activation: "relu" }),
    tf.layers.dropout({ rate: 0.5 }),
    tf.layers.dense({ units: 10, activation: "softmax" }),
  ],
});
model.compile({ optimizer: tf.train.rmsprop(0.001), loss: "categoricalCrossentropy" });
const images = tf.randomUniform([BATCH, 28, 28, 1], 0, 1, "float32", 1);
const classes = tf.tensor1d(
  Array.from({ length: BATCH }, (_, i) => i % 10),
  "int32",
);
const labels = tf.oneHot(classes, 10);

export interface Answer {
  samplesPerSecond: number;
  rssBytes: number;
  tensors: number;
}

process.on("message", async (steps: number) => {
  const start = performance.now();
  for (let step = 0; step < steps; step++) {
    await model.trainOnBatch(images, labels);
    // With microtasks alone, freed memory would pile up.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const seconds = (performance.now() - start) / 1000;
  const answer: Answer = {
    samplesPerSecond: (steps * BATCH) / seconds,
    rssBytes: process.memoryUsage().rss,
    tensors: tf.memory().numTensors,
  };
  process.send!(answer);
});
process.send!("ready");
