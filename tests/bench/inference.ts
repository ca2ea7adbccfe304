import { parseArgs } from "node:util";
import { median, quantile } from "./support/competitor.ts";
import { startAll, tfjsSetup, torchSetup } from "./support/setups.ts";
import type { InferAnswer } from "./support/tfjs-child.ts";

// How fast the Keras MNIST CNN predicts on one thread, single images and batches of 32 and 256, from images in
// a tensor to probabilities in JavaScript or numpy: our kernels, stock tfjs wasm, PyTorch. They take turns.
//
//   bun tests/bench/inference.ts [--rounds 7] [--json]

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, json: { type: "boolean", default: false } },
});

/** Batch sizes, and runs per turn. */
const CASES = [
  { batch: 1, runs: 200 },
  { batch: 32, runs: 30 },
  { batch: 256, runs: 6 },
];

const running = await startAll([
  tfjsSetup("kernels and operations", "ops", "1"),
  tfjsSetup("kernels under the layers API", "layers", "1"),
  tfjsSetup("stock tfjs wasm", "layers", "stock"),
  torchSetup(1),
]);
const result: { name: string; batch: number; p50Ms: number; p99Ms: number; imagesPerSecond: number }[] = [];
for (const { batch, runs } of CASES) {
  const times = running.map((): number[] => []);
  // The first runs compile the code.
  for (const { process } of running) await process.ask({ infer: batch, runs });
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [i, { process }] of running.entries()) {
      times[i]!.push(...(await process.ask<InferAnswer>({ infer: batch, runs })).ms);
    }
  }
  for (const [i, { setup }] of running.entries()) {
    const p50Ms = median(times[i]!);
    const p99Ms = quantile(times[i]!, 0.99);
    result.push({ name: setup.name, batch, p50Ms, p99Ms, imagesPerSecond: (1000 * batch) / p50Ms });
  }
}
for (const { process } of running) process.stop();
if (values.json) console.log(JSON.stringify(result));
else {
  for (const { name, batch, p50Ms, p99Ms, imagesPerSecond } of result) {
    const rate = imagesPerSecond.toFixed(0).padStart(5);
    console.log(
      `batch ${String(batch).padStart(3)}  ${name.padEnd(30)} p50 ${p50Ms.toFixed(2).padStart(7)} ms, p99 ${p99Ms.toFixed(2).padStart(7)} ms, ${rate} images/s at the median`,
    );
  }
}
process.exit(0);
