import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "../../src/config/load.ts";
import { ClassNames } from "../../src/datasets/images/class-names.ts";
import { readDrawings } from "../../src/datasets/images/ndjson-drawings.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../src/digits/image-format.ts";
import type { ImageSet } from "../../src/domain/image-set.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import type { NodeContext } from "../../src/engine/pipeline/node-spec.ts";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { createRandom } from "../../src/lib/random.ts";
import { trainFirst } from "../../src/pipelines/first/nodes.ts";
import { fineTune } from "../../src/pipelines/ft/nodes.ts";
import { createTraining } from "../../src/training/create-training.ts";

/*
 * The accuracy of a first model on letters of unseen writers, by the number of labelled drawings, and how much remains
 * when a class is added. Drawings come from an NDJSON file with a writer in each row, as `samples import` reads it:
 *
 *   bun tests/bench/letters.ts FILE [--classes abc,abcdefghij] [--per-class 5,10,20,35] [--seeds 1,2,3] [--add] [--params JSON]
 *
 * A share of the writers is held out for evaluation.
 */

const TEST_WRITERS = 20;
const conf = join(import.meta.dir, "../../conf/base");
const NAMES = ["catalog.yml", "parameters.yml", "server.yml"];
const base = Object.fromEntries(
  await Promise.all(NAMES.map(async (name) => [name, await Bun.file(join(conf, name)).text()] as const)),
);
const { parameters } = await loadConfig({
  base,
  dir: import.meta.dir,
  environ: {},
  datasetTypes: DATASET_TYPES,
});

const { values, positionals } = parseArgs({
  args: Bun.argv.slice(2),
  allowPositionals: true,
  options: {
    classes: { type: "string", default: "abc,abcdefghij,abcdefghijklmnopqrstuvwxyz" },
    "per-class": { type: "string", default: "5,10,20,35" },
    seeds: { type: "string", default: "1,2,3" },
    threads: { type: "string", default: "1" },
    params: { type: "string", default: "{}" },
    add: { type: "boolean", default: false },
  },
});
const overrides = JSON.parse(values.params) as Record<string, unknown>;
const params: Record<string, unknown> = { ...parameters, ...overrides };
const backend = await initBackend({
  threads: Number(values.threads),
  workerUrl: new URL("../../src/kernel-worker.ts", import.meta.url),
});
const training = createTraining(backend);
const context: NodeContext = {
  signal: new AbortController().signal,
  progress: () => {},
  log: () => {},
} as never;

interface Row {
  label: string;
  writer: string;
  pixels: Uint8Array;
}
const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const rows: Row[] = [];
for await (const { label, writer, pixels } of readDrawings(
  positionals[0]!,
  new ClassNames(positionals[0]!, letters, null),
)) {
  if (pixels !== null && writer !== null && label !== null) rows.push({ label, writer, pixels });
}
const writers = [...new Set(rows.map(({ writer }) => writer))];

function setOf(some: readonly Row[], classes: readonly string[]): ImageSet {
  const images = new Uint8Array(some.length * IMAGE_PIXELS);
  for (const [n, { pixels }] of some.entries()) images.set(pixels, n * IMAGE_PIXELS);
  const labels = Uint8Array.from(some, ({ label }) => classes.indexOf(label));
  return { rows: IMAGE_ROWS, cols: IMAGE_COLS, images, labels };
}

function split(seed: number, classes: readonly string[], perClass: number): [Row[], Row[]] {
  const order = createRandom(seed)
    .fork("writers")
    .shuffle([...writers]);
  const judged = new Set(order.slice(0, TEST_WRITERS));
  const taught = new Set(order.slice(TEST_WRITERS, TEST_WRITERS + perClass));
  const own = rows.filter(({ label }) => classes.includes(label));
  return [own.filter(({ writer }) => taught.has(writer)), own.filter(({ writer }) => judged.has(writer))];
}

async function first(
  train: readonly Row[],
  classes: readonly string[],
  seed: number,
): Promise<ModelArtifacts> {
  const { labels, ...app_x } = setOf(train, classes);
  const inputs = {
    ...params,
    classes,
    seed,
    app_x,
    app_y: labels,
    app_groups: Uint32Array.from(train, ({ writer }) => writers.indexOf(writer)),
    train: setOf([], classes),
  };
  return (await trainFirst(training)(inputs as never, context)).pre_model;
}

const accuracy = async (model: ModelArtifacts, some: readonly Row[]) =>
  (await training.evaluate(model, setOf(some, model.userDefinedMetadata.classes))).accuracy;
const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const percent = (share: number) => (100 * share).toFixed(1);
const seeds = values.seeds.split(",").map(Number);

for (const classes of values.classes.split(",").map((names) => [...names])) {
  for (const perClass of values["per-class"].split(",").map(Number)) {
    const started = performance.now();
    const scores: number[] = [];
    const added: { before: number; after: number; new: number }[] = [];
    for (const seed of seeds) {
      const known = values.add ? classes.slice(0, -1) : classes;
      const [train, test] = split(seed, classes, perClass);
      const isKnown = ({ label }: Row) => known.includes(label);
      const model = await first(train.filter(isKnown), known, seed);
      scores.push(await accuracy(model, test.filter(isKnown)));
      if (!values.add) continue;
      const { labels, ...app_x } = setOf(train, classes);
      const inputs = {
        ...params,
        learning_rate: params.tuning_learning_rate,
        classes,
        seed,
        model,
        app_x,
        app_y: labels,
        app_negatives: setOf([], classes),
        app_groups: Uint32Array.from(train, ({ writer }) => writers.indexOf(writer)),
        validation_split: params.tuning_validation_split,
        replay: setOf([], classes),
        new_classes: params.first,
      };
      const { tune_model } = await fineTune(training)(inputs as never, context);
      added.push({
        before: scores.at(-1)!,
        after: await accuracy(tune_model, test.filter(isKnown)),
        new: await accuracy(
          tune_model,
          test.filter((row) => !isKnown(row)),
        ),
      });
    }
    const seconds = (performance.now() - started) / 1000 / seeds.length;
    const tail = values.add
      ? `, after adding ${classes.at(-1)}: ${percent(mean(added.map(({ after }) => after)))}, ${classes.at(-1)} ${percent(mean(added.map((one) => one.new)))}`
      : "";
    console.log(
      `${classes.length} classes, ${perClass} per class: ${percent(mean(scores))} (${scores.map(percent).join(" ")})${tail}; ${seconds.toFixed(1)} s`,
    );
  }
}
backend.dispose();
