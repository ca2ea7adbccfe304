import { beforeEach, expect, test } from "bun:test";
import { SamplesDataset, type StoredAppData } from "../../../src/datasets/samples-dataset.ts";
import type { Store } from "../../../src/domain/store.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import type { Hooks, Skips } from "../../../src/engine/run/hooks.ts";
import { dataVersionHooks } from "../../../src/runs/lineage/data-version-hooks.ts";
import { memoryStore, newRun, newSample } from "../../storage/helpers.ts";

const CLASSES = [..."0123456789"];
const NODES = ["split_drawings", "fine_tune"].map((name) =>
  node({ name, func: () => 1, inputs: null, outputs: name }),
);
const OWN = [node({ name: "own", func: () => 1, inputs: null, outputs: "own" })];
const parameters = {
  ...{ classes: CLASSES, holdout_fraction: 0, gate: { min_samples: 20 }, seed: 1 },
  ...{ validation_split: 0, tuning_validation_split: 0 },
};

let store: Store;
beforeEach(async () => {
  store = await memoryStore();
});

interface Given {
  nodes?: typeof NODES;
  skips?: Skips;
  resumedRunId?: string | null;
  modelVersion?: number | null;
}

async function hooksOf(runId: string, given: Given = {}): Promise<Hooks> {
  const { nodes = NODES, skips = new Map(), resumedRunId = null, modelVersion = null } = given;
  await store.runs.create(newRun(runId));
  const registered = () => ({ metrics: { evaluations: {} } as never, modelVersion, isPromoted: false });
  return dataVersionHooks({
    ...{ store, runId, skips, parameters, resumedRunId, registered },
    pipeline: pipeline(nodes),
  });
}

/** The drawings are loaded by a node; the built-in one then splits them. */
async function loaded(hooks: Hooks, by: string, data?: unknown): Promise<void> {
  const drawings = data ?? (await new SamplesDataset(store.samples, CLASSES).load());
  await hooks.after_dataset_loaded!({ dataset: "app_data", node: by, data: drawings });
  if (by !== "split_drawings" || data !== undefined) return;
  const { train, groups, samples } = drawings as StoredAppData;
  const ids = (refs: readonly { id: string }[]) => refs.map(({ id }) => id);
  const data_version = { train: ids(samples!.train), holdout: [], negatives: [], left_out: [] };
  const outputs = { data_version, app_y: train.labels, app_groups: groups };
  for (const [dataset, value] of Object.entries(outputs))
    await hooks.after_dataset_saved!({ dataset, data: value, node: by });
  await hooks.on_node_saved!({ node: by });
}
const ended = (hooks: Hooks) => hooks.after_pipeline_run!({ runParams: {} as never, outputs: {} });
const SKIPPED: Skips = new Map(NODES.map(({ name }) => [name, { cause: "unchanged" as never, reason: "x" }]));

async function model(runId: string | null): Promise<number> {
  const { version } = await store.models.create({
    ...{ name: "digits", key: "k", sha256: "same", runId, parentVersion: null },
    ...{ metrics: { evaluations: {} } as never, gate: null, state: "candidate" },
  });
  return version;
}

test("a run that fine-tunes records the drawings as soon as they are loaded", async () => {
  await store.samples.insert(newSample({ label: "7" }));
  const hooks = await hooksOf("r");
  await loaded(hooks, "split_drawings");
  expect((await store.lineage.runData("r"))?.counts).toMatchObject({ train: 1 });
});

test("a run that only splits drawings records none; one of a project's own that loads them records them", async () => {
  await store.samples.insert(newSample({ label: "7" }));
  const splitting = await hooksOf("a", { nodes: NODES.slice(0, 1) });
  await loaded(splitting, "split_drawings");
  await ended(splitting);
  expect(await store.lineage.runData("a")).toBeNull();
  await loaded(await hooksOf("b", { nodes: OWN }), "own");
  expect((await store.lineage.runData("b"))?.counts).toMatchObject({ train: 1 });
});

test("a run that resumes after training has the data of the run that trained", async () => {
  await store.samples.insert(newSample({ label: "7" }));
  await loaded(await hooksOf("first"), "split_drawings");
  await store.samples.insert(newSample({ label: "3" }));
  const resumed = await hooksOf("second", { skips: SKIPPED, resumedRunId: "first" });
  await loaded(resumed, "split_drawings");
  await ended(resumed);
  const data = await store.lineage.runData("first");
  expect(data).not.toBeNull();
  expect(await store.lineage.runData("second")).toEqual(data);
});

test("a run whose training is unchanged has the data of the run with the same model", async () => {
  await store.samples.insert(newSample({ label: "7" }));
  await loaded(await hooksOf("first"), "split_drawings");
  await model("first");
  await store.runs.create(newRun("other"));
  const again = await hooksOf("second", { skips: SKIPPED, modelVersion: 2 });
  await model("second");
  await ended(again);
  expect(await store.lineage.runData("second")).toEqual(await store.lineage.runData("first"));
});

test("a model of no drawings is recorded as such, and one of a file with drawings is not", async () => {
  const fromScratch = await hooksOf("a", { nodes: OWN, modelVersion: 1 });
  await ended(fromScratch);
  expect((await store.lineage.runData("a"))?.counts).toEqual({ train: 0, valid: 0, holdout: 0, left_out: 0 });
  const ofFile = await hooksOf("b", { modelVersion: 2 });
  await loaded(ofFile, "split_drawings", { train: {}, holdout: {} });
  await ended(ofFile);
  expect(await store.lineage.runData("b")).toBeNull();
});
