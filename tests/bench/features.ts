import { join } from "node:path";
import { parseArgs } from "node:util";
import { readModelFiles } from "../../src/datasets/models/model-files.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { createRandom } from "../../src/lib/random.ts";
import { syntheticDigits } from "../../src/synthesis/synthetic-set.ts";
import { augmentHere } from "../../src/training/augment/augmenter.ts";
import { createTraining } from "../../src/training/create-training.ts";
import { imageBatches } from "../../src/training/fit/batches.ts";
import { fit } from "../../src/training/fit/loop.ts";
import type { FineTuneParams } from "../../src/training/fit/params.ts";
import { Sampler } from "../../src/training/fit/sampler.ts";
import { tunedLayers } from "../../src/training/fit/tuned-layers.ts";
import { fromArtifacts } from "../../src/training/model/artifacts.ts";
import { memoryStore, quiet } from "../training/support.ts";

/*
 * The time saved by computing the frozen layers' outputs once. Fine-tuning of the built-in model on synthetic drawings,
 * with as many replayed images for each as by default:
 *
 *   bun tests/bench/features.ts [--labels 500] [--threads 2] [--rounds 5]
 *
 *   naive  every image goes through all layers in every epoch
 *   cold   nothing is cached
 *   warm   everything is cached, because the previous run had the same images
 *
 * They take turns; the output has the medians over the rounds.
 */

const { values } = parseArgs({
  args: Bun.argv.slice(2),
  options: {
    labels: { type: "string", default: "500" },
    threads: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
  },
});
const threads = Number(values.threads);
const count = Number(values.labels);
await initBackend({
  threads,
  workerUrl: new URL("../../src/kernel-worker.ts", import.meta.url),
});
const base = await readModelFiles(join(import.meta.dir, "../../conf/base/model"));
const classes = base.userDefinedMetadata.classes;
/** The defaults of parameters.yml. */
const params: FineTuneParams = {
  classes,
  tuning_layer: ["dense", "predictions"],
  tuning_epochs: 3,
  tuning_min_steps: 0,
  tuning_batch_size: 64,
  tuning_replay_ratio: 4,
  tuning_keep: 0,
  tuning_replay_targets: "model",
  tuning_views: 1,
  tuning_patience: 0,
  learning_rate: 0.0003,
  seed: 1,
  augmentation: null,
};
const app = syntheticDigits(count, classes, 1);
const replay = syntheticDigits(count * params.tuning_replay_ratio, classes, 2);

async function naive(): Promise<void> {
  const model = fromArtifacts(base);
  const portions = [app, replay].map((set) => ({ set, count: set.labels.length }));
  const sampler = new Sampler(portions, createRandom(params.seed).fork("order"));
  const { tuning_epochs: epochs, tuning_batch_size: batchSize, learning_rate: learningRate, seed } = params;
  await fit({
    model,
    trained: tunedLayers(model.layers, params.tuning_layer),
    batches: imageBatches(sampler, classes.length, null, augmentHere),
    from: 0,
    validation: null,
    checkpoint: null,
    params: { classes, epochs, batchSize, learningRate, seed, patience: 0 },
    control: quiet,
  });
  model.dispose();
}

function cached(features: ReturnType<typeof memoryStore>): () => Promise<void> {
  const training = createTraining({ threads }, { features, checkpoints: null, numerics: "bench" });
  return async () => void (await training.fineTune(base, app, replay, null, params, quiet));
}

const known = cached(memoryStore());
const SETUPS: readonly [name: string, run: () => Promise<void>][] = [
  ["naive", naive],
  ["cold", () => cached(memoryStore())()],
  ["warm", known],
];
const seconds = new Map<string, number[]>(SETUPS.map(([name]) => [name, []]));
// The first turns compile the code and fill the cache for "warm".
for (const [, run] of SETUPS) await run();
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, run] of SETUPS) {
    const started = performance.now();
    await run();
    seconds.get(name)!.push((performance.now() - started) / 1000);
  }
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
const baseline = median(seconds.get("naive")!);
console.log(`${count} labels, ${replay.labels.length} replayed, 3 epochs, ${threads} threads`);
for (const [name, times] of seconds) {
  const time = median(times);
  console.log(`${name.padEnd(6)} ${time.toFixed(2).padStart(6)} s  ${(baseline / time).toFixed(1)} x`);
}
process.exit(0);
