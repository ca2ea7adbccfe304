import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadConfig } from "../../src/config/load.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import { INITIAL_MODELS, type InitialModel } from "../../src/domain/dataset-names.ts";
import { type ImageSet, NO_CLASS } from "../../src/domain/image-set.ts";
import type { AppData } from "../../src/domain/samples/app-data.ts";
import { DataCatalog } from "../../src/engine/catalog/catalog.ts";
import { MemoryDataset } from "../../src/engine/catalog/memory-dataset.ts";
import type { Hooks } from "../../src/engine/run/hooks.ts";
import { SequentialRunner } from "../../src/engine/run/sequential-runner.ts";
import { createPipelines } from "../../src/pipelines/registry.ts";
import { CLASSES, fakeTraining, imageSet, modelOf } from "./fake-training.ts";

const BASE_DIR = join(import.meta.dir, "../../conf/base");
const FILES = ["catalog.yml", "parameters.yml", "server.yml"];
const base = Object.fromEntries(
  await Promise.all(FILES.map(async (name) => [name, await readFile(join(BASE_DIR, name), "utf8")])),
) as Record<string, string>;
const config = await loadConfig({ base, dir: import.meta.dir, environ: {}, datasetTypes: DATASET_TYPES });

const CHAMPION = modelOf(1);
const BASE = modelOf(2);
/** Few enough made-up drawings for a test. */
const FEW = { synthesis: { digits: 50, negatives: 20 }, replay: { mnist: 30, digits: 20, negatives: 10 } };

/** The images of these tests are of one colour each: near-duplicates of each other. */
const SCREENING = { ...config.parameters.screening!, near_duplicate: 1 };
/** Few enough items for a test; their limits are as much wider. */
const GATE = {
  ...config.server.gate,
  ...{ pinned_digits: 50, min_evidence: 150, margin: 0.02, max_forgetting: 0.02 },
};

/** As a file would: there after the node that reads it, too. */
class Kept extends MemoryDataset {
  override release(): void {}
}

/** Runs a pipeline on the real configuration, with every declared dataset held in memory. */
async function run(name: string, fake: ReturnType<typeof fakeTraining>, app: AppData, hooks: Hooks[] = []) {
  const catalog = new DataCatalog({
    config: Object.fromEntries(Object.keys(config.catalog).map((dataset) => [dataset, { type: "memory" }])),
    factories: { memory: () => new Kept() },
    parameters: { ...config.parameters, ...FEW, screening: SCREENING, gate: GATE },
  });
  await catalog.save("mnist_data", { train: imageSet(200), test: imageSet(100) });
  await catalog.save("app_data", app);
  await catalog.save("model", CHAMPION);
  await catalog.save("base_model", BASE);
  await catalog.save("screening_model", BASE);
  const runParams = { runId: "r", pipeline: name, env: null, parameters: {}, seed: config.parameters.seed };
  const pipeline = createPipelines({ training: fake.training })[name]!;
  await new SequentialRunner().run({ pipeline, catalog, hooks, runParams });
  return catalog;
}

const NO_DRAWINGS = { train: imageSet(0), holdout: imageSet(0) };
const DRAWINGS = { train: imageSet(30), holdout: imageSet(40) };

test("createPipelines() gives the public names", () => {
  const pipelines = createPipelines(fakeTraining());
  expect(Object.keys(pipelines)).toEqual([
    ...["__default__", "tuning", "first", "de", "ds", "ft", "evaluate", "curve", "map"],
  ]);
});

test("createPipelines() lets fine-tuning start from pre_model or the base model; the gate still compares with the champion", () => {
  const readers = (initialModel: InitialModel, dataset: string) =>
    createPipelines({ ...fakeTraining(), initialModel })
      .tuning!.nodes.filter(({ inputs }) => inputs.includes(dataset))
      .map(({ name }) => name)
      .toSorted();
  expect(readers("champion", "model")).toEqual([...["evaluate_base", "evaluate_champion", "fine_tune"]]);
  expect(readers("champion", "pre_model")).toEqual([]);
  expect(readers("pre_model", "model")).toEqual(["evaluate_base", "evaluate_champion"]);
  expect(readers("pre_model", "pre_model")).toEqual(["fine_tune"]);
  expect(readers("base", "model")).toEqual(["evaluate_base", "evaluate_champion"]);
  expect(readers("base", "base_model")).toContain("fine_tune");
});

test("every free input of the whole pipelines is in the built-in catalog or parameters", () => {
  const pipelines = createPipelines(fakeTraining());
  const known = new Set([
    ...Object.keys(config.catalog),
    ...Object.keys(config.parameters).map((key) => `params:${key}`),
    "params:gate",
  ]);
  for (const name of ["__default__", "tuning", "first", "de", "curve", "map"]) {
    expect(pipelines[name]!.inputs().filter((input) => !known.has(input))).toEqual([]);
  }
});

test("every entry of the built-in catalog is read or written by some pipeline", () => {
  const used = new Set(
    INITIAL_MODELS.flatMap((initialModel) =>
      Object.values(createPipelines({ ...fakeTraining(), initialModel })).flatMap((pipeline) =>
        pipeline.datasets(),
      ),
    ),
  );
  expect(Object.keys(config.catalog).filter((name) => !used.has(name))).toEqual([]);
});

test("every node has a name of its own: function names do not outlive a minified build", () => {
  for (const pipeline of Object.values(createPipelines(fakeTraining()))) {
    for (const { spec } of pipeline.nodes) expect(spec.name).toBeString();
  }
});

test("__default__ trains on MNIST and synthetic drawings with the configured parameters and seed, and reports the test set", async () => {
  const fake = fakeTraining();
  const catalog = await run("__default__", fake, NO_DRAWINGS);
  const [train, calibrate, evaluate] = fake.calls.filter(({ what }) => what !== "probabilities");
  const [sets, validSet, params] = train!.args as [{ labels: Uint8Array }[], { labels: Uint8Array }, unknown];
  expect([train!.what, ...sets.map(({ labels }) => labels.length)]).toEqual(["train", 190, 47, 19]);
  expect(sets[2]!.labels.every((label) => label === NO_CLASS)).toBe(true);
  expect(validSet.labels.length).toBe(10 + 3);
  expect(validSet.labels.some((label) => label === NO_CLASS)).toBe(false);
  expect(params).toEqual({
    architecture: config.parameters.architecture,
    classes: CLASSES,
    epochs: config.parameters.epochs,
    batch_size: 128,
    learning_rate: 0.001,
    patience: 0,
    augmentation: config.parameters.augmentation,
    seed: 20261123,
  });
  expect(calibrate).toMatchObject({
    what: "calibrate",
    args: [{}, { labels: validSet.labels }, { labels: new Uint8Array(1).fill(NO_CLASS) }, {}],
  });
  expect(evaluate).toEqual({ what: "evaluate", args: [100, 100] });
  expect(await catalog.load("pre_calibration")).toMatchObject({
    n: 13,
    temperature: 1.5,
    rejection: { score: "max_logit_above_mean", false_alarm_rate: 0.02 },
  });
  expect(await catalog.load("train_report")).toMatchObject({
    best_epoch: 1,
    mnist_test: { n: 100, accuracy: 0.99 },
  });
});

test("tuning fine-tunes the champion on drawings with old images to replay, evaluates both models and passes the gate", async () => {
  const fake = fakeTraining((seed, n) => (seed === 200 && n === 40 ? 0.97 : n === 40 ? 0.9 : 0.99));
  const catalog = await run("tuning", fake, DRAWINGS);
  const [base, app, replay, validation, params] = fake.calls.find(({ what }) => what === "fineTune")!
    .args as [unknown, ImageSet, ImageSet, unknown, unknown];
  expect(base).toBe(CHAMPION);
  expect(app).toEqual(DRAWINGS.train);
  expect(replay.labels.length).toBe(60);
  expect(replay.labels.filter((label) => label === NO_CLASS).length).toBe(10);
  expect(validation).toBeNull();
  expect(params).toEqual({
    classes: CLASSES,
    tuning_layer: ["dense", "predictions"],
    tuning_epochs: 10,
    tuning_min_steps: 150,
    tuning_batch_size: 64,
    tuning_replay_ratio: 1.5,
    tuning_keep: 0.4,
    tuning_replay_targets: "model",
    tuning_views: 1,
    tuning_patience: 0,
    learning_rate: 0.003,
    augmentation: config.parameters.augmentation,
    seed: 20261123,
  });
  const [, calibrating, negatives] = fake.calls.find(({ what }) => what === "calibrate")!.args as [
    unknown,
    ImageSet,
    ImageSet,
  ];
  // 10 images of MNIST, 40 drawn digits, 10 that are none.
  expect([calibrating.labels.length, negatives.labels.length]).toEqual([50, 10]);
  const drawn = calibrating.images.subarray(10 * 784, 20 * 784);
  expect(drawn).not.toEqual(replay.images.subarray(30 * 784, 40 * 784));
  expect(await catalog.load("tune_calibration")).toMatchObject({ temperature: 1.5 });
  const evaluated = fake.calls.filter(({ what }) => what === "evaluate").map(({ args }) => args);
  // MNIST test, pinned and held-out drawings, of all three models.
  expect(evaluated.toSorted()).toEqual([1, 2, 200].flatMap((seed) => [100, 40, 50].map((n) => [seed, n])));
  expect(await catalog.load("metrics")).toMatchObject({
    mnist_test: { n: 100, accuracy: 0.99 },
    app_holdout: { n: 40, accuracy: 0.97 },
    champion_mnist_test: { n: 100, accuracy: 0.99 },
    champion_app_holdout: { n: 40, accuracy: 0.9 },
  });
  // Three of the champion's four mistakes on held-out drawings are fixed.
  expect(Object.keys((await catalog.load("examples")) as object)).toEqual([
    ...Object.keys((await catalog.load("metrics")) as object),
    ...["fixed", "champion_fixed"],
  ]);
  expect(await catalog.load("gate_decision")).toMatchObject({ passed: true, verdict: "not_worse" });
  expect(await catalog.load("tune_report")).toMatchObject({
    drawings: 30,
    drawings_by_label: Object.fromEntries(CLASSES.map((label) => [label, 3])),
  });
});

test("tuning validates on other writers' drawings when there are enough, and does not train on them", async () => {
  const fake = fakeTraining();
  const groups = Uint32Array.from({ length: 400 }, (_, i) => i % 20);
  await run("tuning", fake, { train: imageSet(400), groups, holdout: imageSet(40) });
  const [, app, , validation] = fake.calls.find(({ what }) => what === "fineTune")!.args as {
    images: Uint8Array;
    labels: Uint8Array;
  }[];
  expect([app!.labels.length, validation!.labels.length]).toEqual([360, 40]);
  // Images are full of their number, modulo 256: 400 drawings of 20 writers.
  const numbersOf = ({ images, labels }: typeof app & object) =>
    Array.from(labels, (_, i) => images[784 * i]!);
  const shared = new Set(numbersOf(app!)).intersection(new Set(numbersOf(validation!)));
  expect([...shared].filter((number) => number >= 144)).toEqual([]);
});

test("tuning learns from drawings of none of the classes too, and counts them apart", async () => {
  const fake = fakeTraining();
  const negatives = { ...imageSet(4), labels: new Uint8Array(4).fill(NO_CLASS) };
  const catalog = await run("tuning", fake, { ...DRAWINGS, negatives });
  const [, app] = fake.calls.find(({ what }) => what === "fineTune")!.args as [unknown, ImageSet];
  expect(app.labels).toEqual(Uint8Array.from([...DRAWINGS.train.labels, ...negatives.labels]));
  expect(app.images.subarray(-4 * 784)).toEqual(negatives.images);
  expect(await catalog.load("tune_report")).toMatchObject({ drawings: 30, negatives: 4 });
});

test.each<[string, (seed: number, n: number) => number]>([
  ["MNIST is forgotten", (seed, n) => (seed === 200 && n === 100 ? 0.9 : 0.99)],
  ["the holdout gets worse", (seed, n) => (seed === 200 && n === 40 ? 0.7 : 0.99)],
])("tuning does not pass the gate when %s", async (_, accuracyOf) => {
  const catalog = await run("tuning", fakeTraining(accuracyOf), DRAWINGS);
  expect(await catalog.load("gate_decision")).toMatchObject({ passed: false });
});

test("tuning leaves the holdout out of the metrics when there is none", async () => {
  const catalog = await run("tuning", fakeTraining(), { train: imageSet(5), holdout: imageSet(0) });
  expect(Object.keys((await catalog.load("metrics")) as object)).toEqual([
    ...["mnist_test", "pinned", "champion_mnist_test", "champion_pinned"],
  ]);
});

test("tuning without drawings to train on reports it", async () => {
  await expect(run("tuning", fakeTraining(), { train: imageSet(0), holdout: imageSet(3) })).rejects.toThrow(
    'Node "fine_tune" failed: There are no labelled drawings to train on',
  );
});

test("training's progress reaches the hooks under its node's name", async () => {
  const heard: unknown[] = [];
  await run("tuning", fakeTraining(), DRAWINGS, [
    { on_node_progress: ({ node, data }) => void heard.push([node, data.loss]) },
  ]);
  expect(heard).toEqual([["fine_tune", 0.5]]);
});

test("ft and evaluate alone report which of their inputs only de writes", async () => {
  await expect(run("evaluate", fakeTraining(), DRAWINGS)).rejects.toThrow(
    'Pipeline "evaluate" cannot start: Dataset "test" is not in the catalog and no node outputs it',
  );
});
