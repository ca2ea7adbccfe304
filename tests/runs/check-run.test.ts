import { expect, test } from "bun:test";
import { loadConfig } from "../../src/config/load.ts";
import { createPipelines } from "../../src/pipelines/registry.ts";
import { checkRun, drawingsProblem } from "../../src/runs/check-run.ts";
import { fakeTraining } from "../pipelines/fake-training.ts";
import { memoryStore, newSample } from "../storage/helpers.ts";
import { BASE } from "../support/base-config.ts";
import { builtInRuns } from "../support/built-in-runs.ts";

const { checkParams, pipelines } = await builtInRuns();
const messagesOf = async (pipeline: string, values: Record<string, unknown>, slice = {}) =>
  (await checkParams({ values }, { pipeline, slice })).problems.map(
    ({ name, message }) => `${name}: ${message}`,
  );

test.each(["epochs", "epoch"])(
  "checkRun() refuses %s for tuning, which reads tuning_epochs",
  async (name) => {
    expect(await messagesOf("tuning", { [name]: 1 })).toEqual([
      `${name}: expected a parameter that pipeline tuning reads, found ${name}=1. Did you mean "tuning_epochs"?`,
    ]);
  },
);

test("checkRun() accepts for each pipeline what it reads, and refuses what only another one reads", async () => {
  expect(await messagesOf("__default__", { epochs: 1, "augmentation.noise": 0, seed: 3 })).toEqual([]);
  expect(
    await messagesOf("tuning", { tuning_epochs: 1, feature_cache_mb: 0, checkpoint_seconds: 0 }),
  ).toEqual([]);
  expect(await messagesOf("tuning", { tuning_initial_model: "base", first: { epochs: 2 } })).toEqual([]);
  expect(await messagesOf("de", { epochs: 1 })).toHaveLength(1);
  expect(await messagesOf("first", { tuning_epochs: 1 })).toEqual([
    expect.stringContaining('Did you mean "first.epochs"?'),
  ]);
});

test("checkRun() refuses a parameter that only another part of the pipeline reads", async () => {
  const slice = { nodes: ["split_mnist"] };
  expect(await messagesOf("tuning", { tuning_epochs: 1 }, slice)).toEqual([
    expect.stringContaining("expected a parameter that this part of pipeline tuning reads"),
  ]);
  expect(await messagesOf("tuning", { validation_split: 0.1 }, slice)).toEqual([]);
});

test("checkRun() still names a value that is wrong, once", async () => {
  expect(await messagesOf("tuning", { tuning_epochs: 0 })).toEqual([
    "tuning_epochs: must be at least 1, found 0",
  ]);
});

test("checkRun() refuses each pipeline that cannot be run on its own, with the one to run instead", async () => {
  const found = await Promise.all(pipelines.map(async (name) => [name, await messagesOf(name, {})] as const));
  const refused = Object.fromEntries(found.filter(([, messages]) => messages.length > 0));
  expect(Object.keys(refused).sort()).toEqual(["ds", "evaluate", "ft"]);
  expect(refused.evaluate).toEqual([
    "null: Cannot start pipeline evaluate alone: it reads test, pinned, app_holdout, which none of its nodes makes and the catalog does not store. Run tuning instead",
  ]);
  expect(refused.ds?.[0]).toEndWith("Run __default__ instead");
});

test("checkRun() accepts parameters that are read through an interpolation", async () => {
  const parameters = BASE["parameters.yml"]!.replace("tuning_epochs: 10", "tuning_epochs: $" + "{my_epochs}");
  const base = { ...BASE, "parameters.yml": `${parameters}\nmy_epochs: 4\nunused: 1\n` };
  const check = {
    sources: { base, dir: "/nonexistent", environ: {} },
    pipelines: createPipelines(fakeTraining()),
  };
  const problems = async (values: Record<string, unknown>) =>
    (await checkRun(check, { values }, { pipeline: "tuning" })).problems;
  expect(await problems({ my_epochs: 2 })).toEqual([]);
  expect(await problems({ unused: 2 })).toHaveLength(1);
});

test("checkRun() says what was typed where it is beyond all numbers", async () => {
  const check = {
    sources: { base: BASE, dir: "/nonexistent", environ: {} },
    pipelines: createPipelines(fakeTraining()),
  };
  const { problems } = await checkRun(check, { fields: { tuning_epochs: "1e999" } }, { pipeline: "tuning" });
  expect(problems).toMatchObject([
    { name: "tuning_epochs", message: "must be a finite number, found 1e999" },
  ]);
});

test("drawingsProblem() refuses fine-tuning until there is a labelled drawing to train on", async () => {
  const config = await loadConfig({ base: BASE, dir: "/nonexistent", environ: {} });
  const { tuning, curve, de } = createPipelines(fakeTraining());
  const store = await memoryStore();
  const problem = await drawingsProblem(config, tuning!.nodes, store);
  expect(problem?.message).toStartWith("There are no labelled drawings to train on");
  expect(await drawingsProblem(config, de!.nodes, store)).toBeNull();
  const other = { catalog: { ...config.catalog, app_data: { type: "pickle" } } };
  expect(await drawingsProblem(other, tuning!.nodes, store)).toBeNull();
  const { sample } = await store.samples.insert(newSample());
  expect(await drawingsProblem(config, tuning!.nodes, store)).toBeNull();
  // Labels in review are not trained on: the message says where they wait.
  const mark = { id: sample.id, label: sample.label!, state: "suspect", reading: "1", p: 0.01 } as const;
  await store.samples.putMarks("run-1", [mark]);
  for (const nodes of [tuning!.nodes, curve!.nodes]) {
    const waiting = await drawingsProblem(config, nodes, store);
    expect(waiting?.message).toContain(
      "Labels in review: 1. Confirm or change them in the label queue (/label)",
    );
  }
  await store.samples.confirm({ id: sample.id });
  expect(await drawingsProblem(config, tuning!.nodes, store)).toBeNull();
});
