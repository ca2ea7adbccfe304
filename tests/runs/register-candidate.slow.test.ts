import { afterEach, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";
import { hashModel } from "../../src/datasets/models/model-files.ts";
import { SCHEDULE } from "../../src/domain/actor.ts";
import type { Model } from "../../src/domain/model.ts";
import { templateModel } from "../support/models.ts";
import { BEGIN, RunProject } from "../support/run-project.ts";
import { RULES } from "../trials/support.ts";

/** The fields of a move that these tests do not look at. */
const MOVED = { actor: SCHEDULE, isForced: false, verdict: null };

/** Makes what the built-in pipeline `tuning` makes, under the same names, with no training. */
const PIPELINE = `import { node, pipeline } from "tegaki";
${BEGIN}export const createPipeline = () =>
  pipeline([
    node({
      name: "tune",
      func: (seed, context) => { begin("tune", context); return world.given.model(seed); },
      inputs: "params:seed",
      outputs: "tune_model",
    }),
    node({
      name: "judge",
      func: (model, threshold, context) => {
        begin("judge", context);
        return {
          metrics: { mnist_test: { n: 10, accuracy: 0.99, loss: 0.1, per_class: [], confusion: [] } },
          gate_decision: { passed: 0.99 >= threshold, checks: [] },
        };
      },
      inputs: ["tune_model", "params:gate.threshold"],
      outputs: { metrics: "metrics", gate_decision: "gate_decision" },
    }),
  ]);
`;

let project: RunProject;
beforeEach(async () => {
  const files = { "src/pipelines/tuned/pipeline.ts": PIPELINE };
  project = await RunProject.create(files, { pipeline: "tuned", isCached: true });
  project.world.given.model = (seed: number) => templateModel(10 + (seed % 7));
});
afterEach(() => project.remove());

const models = (): Promise<Model[]> => project.withStore(({ models }) => models.list());
const champion = () => project.withStore(async ({ models }) => (await models.aliases()).champion);

test("a run whose model the gate evaluated registers it, and promotes it when it passed", async () => {
  const { summary } = await project.run();
  expect(summary).toMatchObject({
    model_version: 1,
    promoted: true,
    metrics: { mnist_test: { accuracy: 0.99 }, gate: { passed: true } },
  });
  const [model] = await models();
  expect(model).toMatchObject({ version: 1, runId: summary!.run_id, gate: { passed: true } });
  expect(model!.key).toStartWith("06_models/tune_model/");
  expect(await champion()).toBe(1);
  const run = await project.newestRun();
  expect(run).toMatchObject({ status: "done", modelVersion: 1 });
});

test("with promotion: shadow, a model that passed waits for a trial and is not promoted", async () => {
  await project.run();
  await Bun.write(join(project.dir, "conf/local/server.yml"), "promotion: shadow\n");
  const { summary } = await project.run({ params: "seed=3" });
  expect(summary).toMatchObject({ model_version: 2, promoted: false });
  expect(await champion()).toBe(1);
  const open = await project.withStore(({ trials }) => trials.open());
  expect(open).toMatchObject([
    { kind: "challenge", other: 2, state: "waiting", startedBy: { kind: "command_line" } },
  ]);
});

test("a model with the files of one that was rolled back automatically is not promoted", async () => {
  await project.run();
  await project.run({ params: "seed=3" });
  await project.withStore(async ({ trials, models }) => {
    const watch = {
      kind: "watch",
      other: 1,
      deployment: 2,
      startedBy: SCHEDULE,
      reason: "",
      rules: RULES,
    } as const;
    const { id } = await trials.add(watch);
    await trials.start(id, 2);
    await models.moveAlias({
      alias: "champion",
      version: 1,
      action: "rollback",
      ...MOVED,
      by: "trial",
      reason: "",
    });
    await trials.end(id, { outcome: "rolled_back", endedBy: SCHEDULE, endReason: "" });
  });
  const { summary } = await project.run({ params: "seed=10" });
  expect(summary).toMatchObject({ model_version: 3, promoted: false });
  expect(await champion()).toBe(1);
});

test("a run that skips every node registers nothing again", async () => {
  await project.run();
  const again = await project.run();
  expect(again.ran).toEqual([]);
  expect(again.summary).toMatchObject({ status: "done", model_version: null, metrics: {} });
  expect(await models()).toHaveLength(1);
});

test("a run that skips training and evaluates the model registers the existing model", async () => {
  const first = await project.run({ nodes: ["tune"] });
  expect(first.summary!.model_version).toBeNull();
  const second = await project.run();
  expect(second.ran).toEqual(["judge"]);
  expect(second.summary).toMatchObject({ model_version: 1, promoted: true });
  const { dataVersion } = (await project.withStore(({ runs }) => runs.details(first.summary!.run_id)))!;
  expect((await models())[0]!.key).toBe(`06_models/tune_model/${dataVersion}`);
});

test("a resumed run registers the model of the run that it resumes, though a newer one exists", async () => {
  project.world.failing.add("judge");
  await project.run();
  const failed = await project.newestRun();
  project.world.failing.clear();
  await project.run({ params: "seed=5" });
  const { ran, summary } = await project.run({ resume: failed.id });
  expect(ran).toEqual(["judge"]);
  const { dataVersion } = (await project.withStore(({ runs }) => runs.details(failed.id)))!;
  const [newest] = await models();
  expect(newest).toMatchObject({
    version: summary!.model_version!,
    key: `06_models/tune_model/${dataVersion}`,
  });
});

test("a run that failed while its model was registered can be resumed: only that is done then", async () => {
  project.world.given.model = () => ({ ...templateModel(), weightSpecs: [], weightData: new ArrayBuffer(0) });
  const { error } = await project.run();
  expect(error).not.toBeNull();
  const failed = await project.newestRun();
  expect(failed.status).toBe("failed");
  expect(await champion()).toBeUndefined();
  // Version 1 is registered and broken: the same model is not registered a second time.
  const resumed = await project.run({ resume: failed.id });
  expect(resumed.ran).toEqual([]);
  expect(await models()).toHaveLength(1);
});

test("a model that failed the gate is registered and not promoted; a changed threshold evaluates it again", async () => {
  await Bun.write(`${project.dir}/conf/local/server.yml`, "gate:\n  threshold: 0.995\n");
  expect((await project.run()).summary).toMatchObject({ model_version: 1, promoted: false });
  await Bun.write(`${project.dir}/conf/local/server.yml`, "gate:\n  threshold: 0.98\n");
  const again = await project.run();
  expect(again.ran).toEqual(["judge"]);
  expect(again.summary).toMatchObject({ model_version: 2, promoted: true });
  const [second, first] = await models();
  expect(second!.key).toBe(first!.key);
  expect(await champion()).toBe(2);
});

const UNVERSIONED = "tune_model: { type: tfjs_model, filepath: data/06_models/tune_model }\n";
const OUTSIDE = "tune_model: { type: tfjs_model, filepath: models/tune_model, versioned: true }\n";

test.each([
  ["is not versioned", UNVERSIONED],
  ["is outside the data directory", OUTSIDE],
  ["has one of Kedro's types", UNVERSIONED.replace("tfjs_model", "tensorflow.TensorFlowModelDataset")],
])(
  "a model whose dataset %s is registered as a copy, which a later run does not overwrite",
  async (_, entry) => {
    await Bun.write(`${project.dir}/conf/base/catalog.yml`, entry);
    expect((await project.run()).summary).toMatchObject({ model_version: 1, promoted: true });
    expect((await project.run()).summary).toMatchObject({ model_version: null });
    expect((await project.run({ params: "seed=5" })).summary).toMatchObject({ model_version: 2 });
    const [second, first] = await models();
    for (const model of [first!, second!]) {
      expect(model.key).toMatch(/^registry\/\d{4}-/);
      expect(await hashModel(`${project.dir}/data/${model.key}`)).toBe(model.sha256);
    }
    expect(second!.key).not.toBe(first!.key);
    // The same model again: another version, of the same files.
    expect((await project.run({ params: "seed=5", isCached: false })).summary).toMatchObject({
      model_version: 3,
    });
    expect((await models())[0]).toMatchObject({ key: second!.key, sha256: second!.sha256 });
  },
);

test("a resumed run registers the copy of its own model, though the folder has another one now", async () => {
  await Bun.write(`${project.dir}/conf/base/catalog.yml`, UNVERSIONED);
  project.world.failing.add("judge");
  await project.run();
  const failed = await project.newestRun();
  project.world.failing.clear();
  await project.run({ params: "seed=5" });
  const { ran, summary } = await project.run({ resume: failed.id });
  expect(ran).toEqual(["tune", "judge"]);
  expect(await hashModel(`${project.dir}/data/${(await models())[0]!.key}`)).toBe(
    (await models())[0]!.sha256,
  );
  expect(summary).toMatchObject({ model_version: 2 });
});

test("a model dataset that cannot hold a model fails before the first node", async () => {
  await Bun.write(`${project.dir}/conf/base/catalog.yml`, "tune_model: { type: memory }\n");
  const { ran, error } = await project.run();
  expect(ran).toEqual([]);
  expect(error!.message).toBe(
    'The model "tune_model" cannot be registered: its type in catalog.yml is memory, expected tfjs_model',
  );
});

test("a run whose model would replace files of another program fails before the first node", async () => {
  await Bun.write(`${project.dir}/conf/base/catalog.yml`, UNVERSIONED);
  await Bun.write(`${project.dir}/data/06_models/tune_model/saved_model.pb`, "x");
  const { ran, error } = await project.run();
  expect(ran).toEqual([]);
  expect(error!.message).toContain("tune_model holds files that tegaki did not write (saved_model.pb)");
});
