import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataCatalog } from "../../src/engine/catalog/catalog.ts";
import { MemoryDataset } from "../../src/engine/catalog/memory-dataset.ts";
import { node } from "../../src/engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../src/engine/pipeline/pipeline.ts";
import type { Hooks } from "../../src/engine/run/hooks.ts";
import { ParallelRunner } from "../../src/engine/run/parallel-runner.ts";
import type { Runner } from "../../src/engine/run/runner.ts";
import { SequentialRunner } from "../../src/engine/run/sequential-runner.ts";
import { benchEngineScaling } from "./engine-scaling.ts";

const ROOT = join(import.meta.dir, "../..");
const ROUNDS = 7;
const NODES = 10_000;
const LAYER = 100;

const identity = (value: unknown) => value;

/** 100 layers of 100 nodes, each with two inputs: one above it, and the first of the layer above. */
function layered(): Pipeline {
  return pipeline(
    Array.from({ length: NODES }, (_, i) => {
      const layer = Math.floor(i / LAYER);
      const inputs = layer === 0 ? ["in"] : [`d${i - LAYER}`, `d${(layer - 1) * LAYER}`];
      return node({ func: identity, name: `n${i}`, inputs, outputs: `d${i}`, tags: `layer${layer}` });
    }),
  );
}

function catalogOf(): DataCatalog {
  return new DataCatalog({ config: {}, factories: { memory: () => new MemoryDataset() }, parameters: {} });
}

const everyHook: Hooks = {
  before_node_run: () => {},
  after_node_run: () => {},
  before_dataset_loaded: () => {},
  after_dataset_loaded: () => {},
  before_dataset_saved: () => {},
  after_dataset_saved: () => {},
};

async function msToRun(runner: Runner, made: Pipeline, hooks: readonly Hooks[]): Promise<number> {
  const catalog = catalogOf();
  await catalog.save("in", 1);
  const runParams = { runId: "bench", pipeline: "bench", env: null, parameters: {}, seed: 1 };
  return msOf(() => runner.run({ pipeline: made, catalog, hooks, runParams }));
}

async function msOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function medianMs(work: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await work());
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

function callAll({ nodes }: Pipeline): void {
  for (const each of nodes) each.func(1);
}

async function msToSpawn(command: string[], cwd = tmpdir()): Promise<number> {
  return msOf(async () => {
    const child = Bun.spawn(command, { cwd, stdio: ["ignore", "ignore", "inherit"] });
    if ((await child.exited) !== 0) throw new Error(`${command.join(" ")} failed; see above`);
  });
}

function say(what: string, ms: number, limitMs: number, digits = 0): void {
  const verdict = ms < limitMs ? "" : "  OVER";
  console.log(`${what.padEnd(58)} ${ms.toFixed(digits).padStart(8)} ms   limit ${limitMs} ms${verdict}`);
}

/** Measures the engine's overhead for nodes, large pipelines, and `tegaki registry list`, against limits. */
export async function benchEngine(): Promise<void> {
  const made = layered();
  say(`build and sort ${NODES} nodes`, await medianMs(() => msOf(layered)), 1_000);
  say("slice them: to one node", await medianMs(() => msOf(() => made.toNodes("n9950"))), 1_000);
  say("slice them: from one input", await medianMs(() => msOf(() => made.fromInputs("d0"))), 1_000);
  const filter = { tags: ["layer50"], fromNodes: ["n0"], toOutputs: ["d9900"] };
  say("slice them: by tag, start and end", await medianMs(() => msOf(() => made.filter(filter))), 1_000);
  const twice = () => pipeline([made, pipeline(made, { namespace: "again" })]);
  say("use them twice, under a namespace", await medianMs(() => msOf(twice)), 2_000);

  const direct = await medianMs(() => msOf(() => callAll(made)));
  const perNode = async (what: string, runner: Runner, hooks: readonly Hooks[]) => {
    const ms = await medianMs(() => msToRun(runner, made, hooks));
    say(`engine adds a node: ${what}`, (ms - direct) / NODES, 0.2, 4);
  };
  await perNode("SequentialRunner", new SequentialRunner(), []);
  await perNode("SequentialRunner, a hook everywhere", new SequentialRunner(), [everyHook]);
  await perNode("ParallelRunner", new ParallelRunner(), []);

  const bare = await medianMs(() => msToSpawn([process.execPath, "-e", "0"]));
  const executable = join(ROOT, "dist/tegaki");
  const command = existsSync(executable) ? [executable] : [process.execPath, join(ROOT, "src/main.ts")];
  const list = await medianMs(() => msToSpawn([...command, "registry", "list"]));
  say(`tegaki registry list (${(list / bare).toFixed(1)} x an empty Bun script)`, list, 150);
  await benchEngineScaling(command);
  const project = await mkdtemp(join(tmpdir(), "tegaki-bench-"));
  try {
    await msToSpawn([...command, "init", "."], project);
    const own = await medianMs(() => msToSpawn([...command, "registry", "list"], project));
    say(`the same in a project with its own pipeline (${(own / bare).toFixed(1)} x)`, own, 150);
  } finally {
    await rm(project, { recursive: true });
  }
}
