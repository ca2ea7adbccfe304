import { afterEach, beforeEach, expect, test } from "bun:test";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../../src/lib/errors.ts";
import type { RunOptions } from "../../src/runs/run-options.ts";
import { BEGIN, RunProject, silent } from "../support/run-project.ts";

const PIPELINE = `import { node, pipeline } from "tegaki";
${BEGIN}export const createPipeline = () =>
  pipeline([
    node({
      name: "count",
      func: (base, context) => { begin("count", context); return Array.from({ length: base }, (_, i) => i); },
      inputs: "params:batch_size",
      outputs: "numbers",
      tags: "first",
    }),
    node({
      name: "double",
      func: (numbers, context) => { begin("double", context); return numbers.map((n) => 2 * n); },
      inputs: "numbers",
      outputs: "doubled",
    }),
    node({
      name: "sum",
      func: (doubled, context) => { begin("sum", context); context.log("adding up"); return { sum: doubled.reduce((a, b) => a + b, 0) }; },
      inputs: "doubled",
      outputs: "total",
    }),
    node({
      name: "largest",
      func: (numbers, context) => { begin("largest", context); return { largest: Math.max(...numbers) }; },
      inputs: "numbers",
      outputs: "top",
    }),
  ]);
`;

const json = (name: string) =>
  `${name}:\n  type: json\n  filepath: data/08_reporting/${name}.json\n  versioned: true\n`;

let project: RunProject;
beforeEach(async () => {
  const files = {
    "src/pipelines/numbers/pipeline.ts": PIPELINE,
    "conf/local/catalog.yml": ["doubled", "total", "top"].map(json).join(""),
  };
  project = await RunProject.create(files, {
    pipeline: "numbers",
    params: "batch_size=4",
    commandLine: "tegaki run --pipeline numbers",
  });
});
afterEach(() => project.remove());

const run = (more?: Partial<RunOptions>, signal?: AbortSignal) => project.run(more, signal);
const reports = (name: string) => join(project.dir, `data/08_reporting/${name}.json`);
const versionsOf = (name: string) => readdir(reports(name));

test("tegaki run records its parameters, the inputs and outputs of each node, and its log", async () => {
  const { summary, ran } = await run({ tags: undefined, fromNodes: ["count"] });
  expect(ran).toEqual(["count", "double", "largest", "sum"]);
  expect(summary).toMatchObject({ pipeline: "numbers", status: "done", skipped: [], model_version: null });
  await project.withStore(async ({ runs }) => {
    const id = summary!.run_id;
    expect(await runs.get(id)).toMatchObject({
      status: "done",
      command: "tegaki run --pipeline numbers",
      params: { batch_size: 4 },
      // The last is what package.json pins.
      versions: { tegaki: "0.0.0-test", bun: Bun.version, tfjs: "4.22.0" },
      seed: 20261123,
    });
    const details = (await runs.details(id))!;
    expect(details).toMatchObject({
      slice: { from_nodes: ["count"] },
      runner: "SequentialRunner",
      resumedFrom: null,
      causes: [],
    });
    expect(details.parameters).toMatchObject({ batch_size: 4, gate: { threshold: 0.98 } });
    const nodes = await runs.nodes(id);
    expect(nodes.map(({ node, status }) => `${node} ${status}`)).toEqual([
      "count done",
      "double done",
      "largest done",
      "sum done",
    ]);
    const double = nodes[1]!;
    expect(double.inputs).toEqual([
      { name: "numbers", fingerprint: null, version: null, type: "list", shape: [4] },
    ]);
    expect(double.outputs).toEqual([
      {
        name: "doubled",
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown as string,
        version: details.dataVersion,
        type: "list",
        shape: [4],
        entry: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown as string,
      },
    ]);
    expect(double.startedAt! < double.finishedAt!).toBe(true);
    expect(nodes[3]!.inputs[0]!.fingerprint).toBe(double.outputs[0]!.fingerprint);
    const log = (await runs.eventsAfter(0, { runId: id })).filter(({ type }) => type === "log");
    expect(log).toMatchObject([{ node: "sum", message: "adding up" }]);
  });
});

test("tegaki run skips what is unchanged, says so in the summary and by events, and runs it all with no cache", async () => {
  await run({ isCached: true });
  const second = await run({ isCached: true });
  expect(second.ran).toEqual([]);
  expect(second.summary!.skipped).toContainEqual({
    node: "double",
    reason: "inputs, params, catalog, code unchanged",
  });
  expect(await versionsOf("doubled")).toHaveLength(1);
  await project.withStore(async ({ runs }) => {
    const events = await runs.eventsAfter(0, { runId: second.summary!.run_id });
    expect(events.map(({ type }) => type)).toEqual([
      "run_started",
      ...new Array(4).fill("node_skipped"),
      "run_done",
    ]);
    expect(events[1]).toMatchObject({
      node: "count",
      reason: "inputs, params, catalog, code unchanged",
      cause: "unchanged",
    });
    const nodes = await runs.nodes(second.summary!.run_id);
    expect(nodes.map(({ status }) => status)).toEqual(["skipped", "skipped", "skipped", "skipped"]);
  });
  expect((await run({ isCached: false })).ran).toHaveLength(4);
  expect((await run({ isCached: true, params: "batch_size=5" })).ran).toHaveLength(4);
  const noise = await run({ isCached: true, params: "batch_size=5,seed=1" });
  expect([noise.ran, noise.error]).toEqual([[], null]);
});

test("tegaki run --only-missing-outputs runs what is missing and what that needs", async () => {
  await run();
  await rm(reports("total"), { recursive: true });
  const again = await run({ onlyMissingOutputs: true });
  expect(again.ran).toEqual(["sum"]);
  await rm(reports("top"), { recursive: true });
  expect((await run({ onlyMissingOutputs: true })).ran).toEqual(["count", "largest"]);
});

test("tegaki run --resume continues at the failed node with what was saved, and with the run's own parameters", async () => {
  const { failing } = project.world;
  failing.add("sum");
  const { error } = await run();
  expect(error?.message).toBe('Node "sum" failed: sum cannot');
  const failed = await project.newestRun();
  expect(failed).toMatchObject({ status: "failed", error: 'Node "sum" failed: sum cannot' });
  failing.clear();
  // A later run saves other versions, which the resumed one must not take for its own.
  await run({ params: "batch_size=9" });

  const resumed = await run({ resume: failed.id, params: undefined });
  expect(resumed.ran).toEqual(["sum"]);
  expect(resumed.summary!.skipped.map(({ node }) => node)).toEqual(["count", "double", "largest"]);
  expect(resumed.summary!.skipped[0]!.reason).toBe(`done in run ${failed.id}`);
  const [newestTotal] = (await versionsOf("total")).toSorted().reverse();
  const total = await Bun.file(join(reports("total"), newestTotal!, "total.json")).json();
  expect(total).toEqual({ sum: 0 + 2 + 4 + 6 });
  await project.withStore(async ({ runs }) => {
    expect(await runs.details(resumed.summary!.run_id)).toMatchObject({ resumedFrom: failed.id });
    expect(await runs.get(resumed.summary!.run_id)).toMatchObject({ params: { batch_size: 4 } });
  });
});

test("tegaki run --resume with other parameters repeats the nodes that read them and those after, and refuses unread ones", async () => {
  project.world.failing.add("sum");
  await run();
  project.world.failing.clear();
  const failed = await project.newestRun();
  const unread = await run({ resume: failed.id, params: "epochs=2" });
  expect([unread.ran, unread.error?.message]).toEqual([
    [],
    expect.stringContaining("that pipeline numbers reads"),
  ]);
  const resumed = await run({ resume: failed.id, params: "batch_size=6" });
  expect([resumed.ran, resumed.error]).toEqual([["count", "double", "largest", "sum"], null]);
  expect(await project.newestRun()).toMatchObject({ status: "done", params: { batch_size: 6 } });
});

test("tegaki run --resume repeats what was held in memory, and what no longer exists", async () => {
  const { failing } = project.world;
  failing.add("largest");
  await run();
  const failed = await project.newestRun();
  failing.clear();
  failing.add("sum");
  await rm(reports("doubled"), { recursive: true });
  const second = await run({ resume: failed.id, params: undefined });
  expect(second.ran).toEqual(["count", "double", "largest", "sum"]);
  failing.clear();
  const third = await run({ resume: (await project.newestRun()).id, params: undefined });
  expect(third.ran).toEqual(["sum"]);
});

test("tegaki run --resume refuses a run that is done, and one that does not exist", async () => {
  const unknown = await run({ resume: "nope" });
  expect(unknown.error?.message).toStartWith("Cannot resume: there is no run nope");
  const { summary } = await run();
  const done = await run({ resume: summary!.run_id });
  expect(done.error?.message).toBe(
    `Cannot resume run ${summary!.run_id}: it is done, and nothing is left to run`,
  );
  expect(done.ran).toEqual([]);
});

test("tegaki run --continue-on-error runs the nodes that do not depend on the failed one, and lists the failure", async () => {
  project.world.failing.add("double");
  const { ran, error } = await run({ continueOnError: true });
  expect(ran).toEqual(["count", "double", "largest"]);
  expect(error?.message).toBe(
    'Node "double" failed: double cannot\n1 node was not run because it depends on a failed node: sum',
  );
  const failed = await project.newestRun();
  await project.withStore(async ({ runs }) => {
    const nodes = await runs.nodes(failed.id);
    expect(nodes.map(({ status, reason }) => [status, reason])).toEqual([
      ["done", null],
      ["failed", "double cannot"],
      ["done", null],
      ["not_run", 'it needs the output of "double"'],
    ]);
    const { causes } = (await runs.details(failed.id))!;
    expect(causes.map(({ name, message }) => `${name}: ${message}`)).toEqual([
      "TypeError: double cannot",
      "RangeError: too far",
    ]);
    expect(causes[0]!.stack).toContain("pipeline.ts");
  });
});

test("tegaki run with the other runners gives the same result", async () => {
  for (const runner of ["ParallelRunner", "ThreadRunner"] as const) {
    const { ran, summary } = await run({ runner });
    expect(ran).toEqual(["count", "double", "largest", "sum"]);
    await project.withStore(async ({ runs }) => {
      expect((await runs.details(summary!.run_id))!.runner).toBe(runner);
    });
  }
});

test("tegaki run is recorded as cancelled when it is stopped, and can be resumed", async () => {
  const abort = new AbortController();
  project.world.onRun = (name) => name === "sum" && abort.abort(new Error("stop"));
  const { error } = await run({}, abort.signal);
  expect(error?.message).toBe('Cancelled during node "sum"');
  const cancelled = await project.newestRun();
  expect(cancelled.status).toBe("cancelled");
  project.world.onRun = () => {};
  expect((await run({ resume: cancelled.id, params: undefined })).ran).toEqual(["sum"]);
});

test("tegaki run records a run that failed before its first node", async () => {
  const { error } = await run({
    ...{ loadVersions: { doubled: "2020-01-01T00.00.00.000Z" }, nodes: ["sum"], params: undefined },
  });
  expect(error?.message).toContain("2020-01-01T00.00.00.000Z");
  expect(await project.newestRun()).toMatchObject({ status: "failed", error: error!.message });
});

test("tegaki run refuses a parameter that no node reads, and lacking inputs, and leaves no record of the run", async () => {
  const unread = await run({ params: "batch_sizes=4,epochs=1" });
  expect(unread.error?.message).toContain("batch_sizes");
  const ignored = await run({ params: "batch_size=4,epochs=1" });
  expect(ignored.error).toBeInstanceOf(UsageError);
  expect(ignored.error?.message).toBe(
    "--params epochs: expected a parameter that pipeline numbers reads, found epochs=1. It reads batch_size, classes, seed",
  );
  const part = await run({ nodes: ["largest"], params: undefined });
  expect(part.error).toBeInstanceOf(UsageError);
  expect(part.error?.message).toContain("it reads numbers, which none of its nodes makes");
  await project.withStore(async ({ runs }) => expect((await runs.list({})).runs).toEqual([]));
});

const OWN = `import { node, pipeline } from "tegaki";
${BEGIN}export const createPipeline = () =>
  pipeline([
    node({
      name: "write",
      func: (width, ink, context) => { begin("write", context); return [{ width, ink }, width]; },
      inputs: ["params:ink.width", "params:ink"],
      outputs: ["total", "totall"],
    }),
  ]);
`;
const ownPipeline = () => Bun.write(join(project.dir, "src/pipelines/own/pipeline.ts"), OWN);
const setOwn = (text: string) => Bun.write(join(project.dir, "conf/base/parameters_own.yml"), text);

test("a project's node reads the project's own parameters, with those of --params on top", async () => {
  await ownPipeline();
  await setOwn("ink: {width: 2, colour: blue}");
  const { ran } = await run({ pipeline: "own", params: "ink.width=3" });
  expect(ran).toEqual(["write"]);
  const [version] = await versionsOf("total");
  const saved = await Bun.file(join(reports("total"), version!, "total.json")).json();
  expect(saved).toEqual({ width: 3, ink: { width: 3, colour: "blue" } });
});

test("tegaki run refuses a parameter that is not set, with the nearest one, and records nothing", async () => {
  await ownPipeline();
  await setOwn("ink: {widht: 2}");
  const { error, ran } = await run({ pipeline: "own", params: undefined });
  expect(error).toBeInstanceOf(UsageError);
  expect(error?.message).toBe(
    'Node "write": Parameter "params:ink.width" does not exist. Did you mean "params:ink.widht"?',
  );
  expect(ran).toEqual([]);
  expect(await project.withStore(async ({ runs }) => (await runs.list({ limit: 1 })).runs)).toEqual([]);
});

test("tegaki run warns of an output that no node reads and no entry saves, and runs anyway", async () => {
  await ownPipeline();
  await setOwn("ink: {width: 2}");
  const warnings: string[] = [];
  const onProgress = { ...silent, warn: (message: string) => void warnings.push(message) };
  const { ran } = await run({ pipeline: "own", params: undefined, onProgress });
  expect(ran).toEqual(["write"]);
  expect(warnings).toEqual([
    'Output "totall" of node "write" is not read by any node and is not in the catalog: it is lost when the run ends. Did you mean "total"?',
  ]);
});

test("tegaki run --pipelines runs several as one, and the record names them all", async () => {
  await ownPipeline();
  await setOwn("ink: {width: 2}");
  await Bun.write(join(project.dir, "src/pipelines/own/pipeline.ts"), OWN.replaceAll("total", "other"));
  const { ran, summary } = await run({ pipeline: "own,numbers" });
  expect(ran.toSorted()).toEqual(["count", "double", "largest", "sum", "write"]);
  expect(summary?.pipeline).toBe("own,numbers");
  const { error } = await run({ pipeline: "own,numbes" });
  expect(error?.message).toBe('No pipeline "numbes". Did you mean "numbers"?');
});

test("tegaki run --pipelines refuses two pipelines that write the same dataset", async () => {
  await ownPipeline();
  await setOwn("ink: {width: 2}");
  const { error } = await run({ pipeline: "own,numbers" });
  expect(error).toBeInstanceOf(UsageError);
  expect(error?.message).toMatch(/both output "total"/);
});
