import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "../../src/config/load.ts";
import { hashModel, modelFromBytes, readModelFiles } from "../../src/datasets/models/model-files.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import type { ImageSet } from "../../src/domain/image-set.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { createRandom } from "../../src/lib/random.ts";
import { drawReplay } from "../../src/pipelines/de/nodes.ts";
import { splitByGroup } from "../../src/pipelines/first/drawings.ts";
import { embedded } from "../../src/project/embedded.ts";
import { createTraining } from "../../src/training/create-training.ts";
import type { FineTuneParams } from "../../src/training/fit/params.ts";
import { memoryStore } from "../training/support.ts";
import { draw, halves, readMnist, readWritten, toSet, type WrittenImage } from "./support/tuning-data.ts";

// What fine-tuning gains on unseen writers: half of the writers of two sets of drawings
// provide labels, the other half is for evaluation. Needs these sets, which are not part of the project.
//
//   bun tests/bench/tuning.ts --data DIR [--part curve|writer|compare] [--seeds 5] [--threads 2] [--model DIR]
//   bun tests/bench/tuning.ts --part compare --only '{"tuning_epochs": 6}'

const { values } = parseArgs({
  options: {
    data: { type: "string", default: join(import.meta.dir, "../../../shared/data") },
    part: { type: "string", multiple: true, default: ["curve", "writer", "compare"] },
    seeds: { type: "string", default: "5" },
    threads: { type: "string", default: String(Math.min(2, availableParallelism())) },
    /** Maximum number of drawings of the other writers for evaluation. */
    others: { type: "string", default: "100000" },
    model: { type: "string" },
    only: { type: "string", multiple: true },
  },
});

const LABELS = [50, 100, 200, 500, 1_000, 3_000];
/** For writers with this many drawings, 50 are trained on, and the others are for evaluation. */
const MIN_OF_WRITER = 90;
const WRITERS = 10;

const threads = Number(values.threads);
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
const { parameters } = await loadConfig({
  base: await embedded.conf(),
  dir: import.meta.dir,
  environ: {},
  datasetTypes: DATASET_TYPES,
});
const { classes } = parameters;

interface Settings extends FineTuneParams {
  validation_split: number;
  /** The sources of the replay. */
  replay: { mnist: number; digits: number; negatives: number };
}

const DEFAULTS: Settings = {
  classes,
  tuning_layer: parameters.tuning_layer,
  tuning_epochs: parameters.tuning_epochs,
  tuning_min_steps: parameters.tuning_min_steps,
  tuning_batch_size: parameters.tuning_batch_size,
  tuning_replay_ratio: parameters.tuning_replay_ratio,
  tuning_keep: parameters.tuning_keep,
  tuning_replay_targets: parameters.tuning_replay_targets,
  tuning_views: parameters.tuning_views,
  tuning_patience: parameters.tuning_patience,
  learning_rate: parameters.tuning_learning_rate,
  validation_split: parameters.tuning_validation_split,
  replay: parameters.replay,
  seed: parameters.seed,
  augmentation: parameters.augmentation,
};

const written = await readWritten(values.data, classes);
if (written === null) {
  console.log(`The tuning benchmark was skipped: there are no drawings in ${values.data} (--data DIR)`);
  process.exit(0);
}
const mnist = await readMnist();
const base =
  values.model === undefined
    ? modelFromBytes(await embedded.model("model.json"), await embedded.model("weights.bin"), "builtin:base")
    : await readModelFiles(values.model);
await initBackend({ threads, workerUrl: new URL("../../src/kernel-worker.ts", import.meta.url) });
const training = createTraining({ threads }, { features: memoryStore(), checkpoints: null, numerics: "" });
const control = { signal: new AbortController().signal, onProgress: () => {} };

const replays = new Map<string, ImageSet>();
/** The replay set, as in the pipeline. */
function replayOf({ replay }: Settings): ImageSet {
  const key = JSON.stringify(replay);
  const known =
    replays.get(key) ?? drawReplay({ train: mnist.train, classes, replay, seed: parameters.seed });
  replays.set(key, known);
  return known;
}

async function accuracy(model: ModelArtifacts, set: ImageSet, settings: Settings): Promise<number> {
  return (await training.examine(model, set, undefined, settings.tuning_layer)).report.accuracy;
}

async function tune(labelled: readonly WrittenImage[], settings: Settings): Promise<ModelArtifacts> {
  const { set, groups } = toSet(labelled);
  const { train, valid } = splitByGroup(set, groups, settings.validation_split, settings.seed);
  const { validation_split, replay, ...params } = settings;
  return (await training.fineTune(base, train, replayOf(settings), valid, params, control)).model;
}

/** Accuracies before and after, also without the drawings whose label is doubtful, and on MNIST. */
interface Outcome {
  before: number;
  after: number;
  trustedBefore: number;
  trustedAfter: number;
  mnist: number;
  seconds: number;
}

async function beforeAndAfter(model: ModelArtifacts, images: readonly WrittenImage[], settings: Settings) {
  const { set } = toSet(images);
  const { set: trusted } = toSet(images.filter(({ isSuspect }) => !isSuspect));
  return {
    before: await accuracy(base, set, settings),
    after: await accuracy(model, set, settings),
    trustedBefore: await accuracy(base, trusted, settings),
    trustedAfter: await accuracy(model, trusted, settings),
    mnist: await accuracy(model, mnist.test, settings),
  };
}

async function onOtherWriters(n: number, seed: number, settings: Settings): Promise<Outcome> {
  const [tuned, others] = halves(written!, seed);
  const started = performance.now();
  const model = await tune(draw(tuned, n, seed), { ...settings, seed: settings.seed + seed });
  const seconds = (performance.now() - started) / 1000;
  const measured = draw(others, Number(values.others), seed);
  return { seconds, ...(await beforeAndAfter(model, measured, settings)) };
}

async function onOwnDrawings(writer: string, seed: number): Promise<Outcome> {
  const own = draw(
    written!.filter((image) => image.writer === writer),
    Number.POSITIVE_INFINITY,
    seed,
  );
  const measured = own.slice(50);
  const started = performance.now();
  const model = await tune(own.slice(0, 50), { ...DEFAULTS, seed: DEFAULTS.seed + seed });
  const seconds = (performance.now() - started) / 1000;
  return { seconds, ...(await beforeAndAfter(model, measured, DEFAULTS)) };
}

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const spread = (numbers: readonly number[]) =>
  Math.sqrt(mean(numbers.map((value) => (value - mean(numbers)) ** 2)));
const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
const points = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(2)}`;

const errorChange = (before: number, after: number) => `${points((1 - after) / (1 - before) - 1)} %`;

const mnistBefore = await accuracy(base, mnist.test, DEFAULTS);

function row(name: string, outcomes: readonly Outcome[]): string {
  const before = mean(outcomes.map((outcome) => outcome.before));
  const after = mean(outcomes.map((outcome) => outcome.after));
  const trustedBefore = mean(outcomes.map((outcome) => outcome.trustedBefore));
  const trustedAfter = mean(outcomes.map((outcome) => outcome.trustedAfter));
  return `| ${[
    name,
    percent(before),
    `${percent(after)} ± ${(100 * spread(outcomes.map((outcome) => outcome.after))).toFixed(2)}`,
    errorChange(before, after),
    `${percent(trustedBefore)} → ${percent(trustedAfter)}, ${errorChange(trustedBefore, trustedAfter)}`,
    points(mean(outcomes.map((outcome) => outcome.mnist)) - mnistBefore),
    mean(outcomes.map((outcome) => outcome.seconds)).toFixed(1),
  ].join(" | ")} |`;
}

const HEAD = ["before", "after", "error", "without doubtful labels", "MNIST, points", "seconds"].join(" | ");
const RULE = "|---|---|---|---|---|---|---|";

async function curve(): Promise<void> {
  console.log(`\n| labels | ${HEAD} |\n${RULE}`);
  for (const n of LABELS) {
    const outcomes: Outcome[] = [];
    for (const seed of seeds) outcomes.push(await onOtherWriters(n, seed, DEFAULTS));
    console.log(row(String(n), outcomes));
  }
}

async function oneWriter(): Promise<void> {
  const counts = Map.groupBy(written!, ({ writer }) => writer);
  const able = [...counts].filter(([, images]) => images.length >= MIN_OF_WRITER).map(([writer]) => writer);
  const chosen = createRandom(1).shuffle(able.sort()).slice(0, WRITERS);
  const outcomes: Outcome[] = [];
  for (const seed of seeds) for (const writer of chosen) outcomes.push(await onOwnDrawings(writer, seed));
  console.log(`\n| labels | ${HEAD} |\n${RULE}`);
  console.log(row(`50 of one writer, ${chosen.length} writers`, outcomes));
  const worse = outcomes.filter(({ before, after }) => after < before).length;
  console.log(`\n${worse} of ${outcomes.length} training runs made it worse for their writer.`);
}

/** One thing changed at a time. */
const VARIANTS: Record<string, Partial<Settings>> = {
  "the defaults": {},
  "replay 0": { tuning_replay_ratio: 0 },
  "replay 1": { tuning_replay_ratio: 1 },
  "replay 2": { tuning_replay_ratio: 2 },
  "replay 8": { tuning_replay_ratio: 8 },
  "replay of MNIST only": { replay: { mnist: 10_000, digits: 0, negatives: 0 } },
  "replay by labels": { tuning_replay_targets: "labels" },
  "last layer only": { tuning_layer: -1 },
  "all layers but the first": {
    tuning_layer: base.weightSpecs
      .flatMap(({ name }) => (name.endsWith("/kernel") ? [name.slice(0, -7)] : []))
      .slice(1),
  },
  "learning rate 0.00005": { learning_rate: 0.00005 },
  "learning rate 0.0001": { learning_rate: 0.0001 },
  "learning rate 0.0002": { learning_rate: 0.0002 },
  "learning rate 0.0005": { learning_rate: 0.0005 },
  "learning rate 0.001": { learning_rate: 0.001 },
  "2 epochs": { tuning_epochs: 2 },
  "3 epochs": { tuning_epochs: 3 },
  "6 epochs": { tuning_epochs: 6 },
  "10 epochs": { tuning_epochs: 10 },
  "20 epochs": { tuning_epochs: 20 },
  "batches of 32": { tuning_batch_size: 32 },
  "batches of 128": { tuning_batch_size: 128 },
  "the last convolution as well": { tuning_layer: ["conv_4", "dense", "predictions"] },
  "2 views": { tuning_views: 2 },
  "5 views": { tuning_views: 5 },
  "10 epochs, 10 views": { tuning_views: 10, tuning_epochs: 10 },
  "no validation": { validation_split: 0 },
  "validation on 0.2": { validation_split: 0.2 },
};

async function compare(): Promise<void> {
  const asked = values.only?.map((text) => [text, JSON.parse(text)] as const);
  const variants: Record<string, Partial<Settings>> = asked === undefined
    ? VARIANTS
    : Object.fromEntries(asked);
  console.log(`\n| 500 labels, with | ${HEAD} |\n${RULE}`);
  for (const [name, change] of Object.entries(variants)) {
    const outcomes: Outcome[] = [];
    for (const seed of seeds) outcomes.push(await onOtherWriters(500, seed, { ...DEFAULTS, ...change }));
    console.log(row(name, outcomes));
  }
}

const { architecture } = base.userDefinedMetadata;
console.log(
  `base model ${architecture} ${(await hashModel(base)).slice(0, 12)}, MNIST ${percent(mnistBefore)}`,
);
console.log(
  `unipen1a-dev and pendigits-train, ${written.length} drawings; ${seeds.length} seeds, ${threads} threads`,
);
const parts: Record<string, () => Promise<void>> = { curve, writer: oneWriter, compare };
for (const part of values.part) await parts[part]!();
process.exit(0);
