import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogCommands } from "../../../src/commands/catalog/describe-catalog.ts";
import { NO_METRICS } from "../../../src/domain/metrics.ts";
import type { Embedded } from "../../../src/project/embedded.ts";
import type { Runtime } from "../../../src/project/runtime.ts";
import { pointedTo } from "../../../src/runs/versions-in-use.ts";
import { openStore } from "../../../src/storage/open.ts";
import { BASE } from "../../support/base-config.ts";
import { steppingClock } from "../../support/stepping-clock.ts";

const runtime: Runtime = {
  version: "0.0.0-test",
  embedded: { conf: async () => BASE, confTrees: async () => ({}), hasModel: false } as Embedded,
  kernelWorkerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  augmentWorkerUrl: new URL("../../../src/augment-worker.ts", import.meta.url),
  graphWorkerUrl: new URL("../../../src/graph-worker.ts", import.meta.url),
  storeWorkerUrl: new URL("../../../src/store-worker.ts", import.meta.url),
  command: [process.execPath],
  environ: {},
  clock: steppingClock(),
  renderReport: async () => "",
  note: () => {},
  print: () => {},
};
const catalog = catalogCommands(runtime);

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), "tegaki-catalog-")));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const FACTORIES = `
"{name}_scores": {type: json, filepath: "data/{name}.json", versioned: true, metadata: {kedro-viz: {layer: reporting}}}
"{default}": {type: memory}
`;
const write = (path: string, text: string) => Bun.write(join(dir, path), text);

test("catalog describe-datasets groups the datasets of pipelines by origin and type", async () => {
  expect(await catalog.describeDatasets({ dir, pipelines: ["evaluate"] })).toEqual({
    evaluate: {
      datasets: {
        examples: ["examples"],
        json: ["gate_decision", "metrics", "screening"],
        registered_model: ["base_model", "model"],
        tfjs_model: ["tune_model"],
      },
      factories: {},
      defaults: {
        memory: [
          "app_holdout",
          "base_scores",
          "candidate_examples",
          "candidate_scores",
          "champion_examples",
          "champion_scores",
          "pinned",
          "test",
        ],
      },
    },
  });
  await write("conf/local/catalog.yml", FACTORIES);
  const { evaluate } = await catalog.describeDatasets({ dir, pipelines: ["evaluate"] });
  expect(evaluate!.factories).toEqual({
    json: ["base_scores", "candidate_scores", "champion_scores"],
    memory: ["app_holdout", "candidate_examples", "champion_examples", "pinned", "test"],
  });
  expect(evaluate!.defaults).toEqual({});
  expect(Object.keys(await catalog.describeDatasets({ dir }))).toContain("__default__");
  await expect(catalog.describeDatasets({ dir, pipelines: ["evalute"] })).rejects.toThrow(
    'No pipeline "evalute". Did you mean "evaluate"?',
  );
});

test("catalog list-patterns and resolve-patterns show factories by rank, and their entries", async () => {
  expect(await catalog.listPatterns({ dir })).toEqual([]);
  await write("conf/local/catalog.yml", FACTORIES);
  expect(await catalog.listPatterns({ dir })).toEqual(["{name}_scores", "{default}"]);
  const resolved = await catalog.resolvePatterns({ dir, pipelines: ["evaluate"] });
  expect(Object.keys(resolved)).toEqual([
    "app_holdout",
    "base_model",
    "base_scores",
    "candidate_examples",
    "candidate_scores",
    "champion_examples",
    "champion_scores",
    "examples",
    "gate_decision",
    "metrics",
    "model",
    "pinned",
    "screening",
    "test",
    "tune_model",
  ]);
  expect(resolved.candidate_scores).toEqual({
    config: {
      type: "json",
      filepath: "data/candidate.json",
      versioned: true,
      metadata: { "kedro-viz": { layer: "reporting" } },
    },
    pattern: "{name}_scores",
  });
  expect(resolved.model!.pattern).toBeNull();
});

test("catalog list-versions lists complete versions, also of a factory's dataset, and creates no data directory", async () => {
  await write("conf/local/catalog.yml", FACTORIES);
  expect(await catalog.listVersions({ dir, dataset: "pre_model" })).toEqual([]);
  expect(await readdir(dir)).toEqual(["conf"]);
  await write("data/a.json/v1/a.json", "1");
  await write("data/a.json/v2/a.json", "1");
  await write("data/a.json/v3/half", "");
  await write("data/06_models/pre_model/v1/model.json", "{}");
  expect(await catalog.listVersions({ dir, dataset: "a_scores" })).toEqual(["v2", "v1"]);
  expect(await catalog.listVersions({ dir, dataset: "pre_model" })).toEqual(["v1"]);
  await expect(catalog.listVersions({ dir, dataset: "app_data" })).rejects.toThrow("is not versioned");
});

test("catalog commands name a missing dataset, and a malformed factory", async () => {
  await expect(catalog.listVersions({ dir, dataset: "pre_modl" })).rejects.toThrow(
    'Dataset "pre_modl" is not in the catalog. Did you mean "pre_model"?',
  );
  await write("conf/local/catalog.yml", '"{a": {type: memory}\n');
  await expect(catalog.listPatterns({ dir })).rejects.toThrow('Dataset factory "{a": the braces');
});

test("pointedTo() has the files of registered models, and the versions of unfinished runs", async () => {
  const store = await openStore({ path: ":memory:", clock: runtime.clock, holdoutFraction: 0 });
  try {
    const model = {
      name: "digits",
      sha256: "0".repeat(64),
      runId: null,
      parentVersion: null,
      metrics: NO_METRICS,
      gate: null,
    };
    await store.models.create({ ...model, key: "builtin:base", state: "ready" });
    await store.models.create({ ...model, key: "06_models/tune_model/v1", state: "rejected" });
    for (const status of ["done", "failed", "running"] as const) {
      const { id } = await store.runs.create({
        id: status,
        pipeline: "p",
        params: {},
        trigger: "cli",
        command: "",
      });
      await store.runs.update(id, { status });
      await store.runs.putDetails(id, {
        env: null,
        slice: {},
        parameters: {},
        runner: "SequentialRunner",
        dataVersion: `${status}-version`,
        resumedFrom: null,
        causes: [],
      });
      await store.runs.putNode(id, {
        node: "n",
        position: 1,
        status: "skipped",
        startedAt: null,
        finishedAt: null,
        durationMs: null,
        reason: null,
        inputs: [],
        outputs: [{ name: "x", fingerprint: null, version: `kept-by-${status}`, type: "list", shape: null }],
      });
    }
    const { paths, stamps } = await pointedTo({ dataDir: "/p/data" }, store);
    expect([...paths]).toEqual(["/p/data/06_models/tune_model/v1"]);
    expect([...stamps].toSorted()).toEqual([
      "failed-version",
      "kept-by-failed",
      "kept-by-running",
      "running-version",
    ]);
  } finally {
    await store.close();
  }
});
