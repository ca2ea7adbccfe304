import { initBackend } from "../../../src/kernels/register.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { STEPS } from "./mnist-cnn.ts";
import { initStockBackend } from "./stock-backend.ts";

// Trains the Keras MNIST CNN on random images, as many steps as the parent asks for, and answers with how long
// they took. Arguments: "layers" or "ops"; "stock" or the number of threads.

const BATCH = 128;

const [form, backend] = process.argv.slice(2);
if (backend === "stock") await initStockBackend();
else {
  const workerUrl = new URL("../../../src/kernel-worker.ts", import.meta.url);
  await initBackend({ threads: Number(backend), workerUrl });
}

const step = STEPS[form!]!();
const images = tf.randomUniform([BATCH, 28, 28, 1], 0, 1, "float32", 1) as tf.Tensor4D;
const classes = Array.from({ length: BATCH }, (_, i) => i % 10);
const labels = tf.oneHot(tf.tensor1d(classes, "int32"), 10) as tf.Tensor2D;

export interface Answer {
  samplesPerSecond: number;
  /** Of processor time, all threads: steadier than wall time where others use the machine too. */
  cpuMsAStep: number;
  rssBytes: number;
  tensors: number;
}

process.on("message", async (steps: number) => {
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  for (let i = 0; i < steps; i++) {
    await step(images, labels);
    // With microtasks alone, freed memory would pile up.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const answer: Answer = {
    samplesPerSecond: (steps * BATCH) / seconds,
    cpuMsAStep: (cpu.user + cpu.system) / 1000 / steps,
    rssBytes: process.memoryUsage().rss,
    tensors: tf.memory().numTensors,
  };
  process.send!(answer);
});
process.send!("ready");
