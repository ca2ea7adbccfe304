import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataCatalog } from "../../src/engine/catalog/catalog.ts";
import { MemoryDataset } from "../../src/engine/catalog/memory-dataset.ts";
import { node } from "../../src/engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../src/engine/pipeline/pipeline.ts";
import { ParallelRunner } from "../../src/engine/run/parallel-runner.ts";
import type { Runner } from "../../src/engine/run/runner.ts";
import { SequentialRunner } from "../../src/engine/run/sequential-runner.ts";

const SIZES = [500, 1_000, 2_000, 5_000];
const ROUNDS = 3;
/** Limits of a whole run, by number of nodes, in ms. */
const LIMITS_MS: Readonly<Record<number, number>> = { 1000: 2_000, 5000: 10_000 };

/** Inputs of node i, by shape of the pipeline. */
const SHAPES: Readonly<Record<string, (i: number) => string[]>> = {
  // Node i reads the outputs of nodes i - 1 and i / 2.
  chain: (i) => (i === 0 ? ["params:epochs"] : [...new Set([`d${i - 1}`, `d${Math.floor(i / 2)}`])]),
  fan: (i) => (i === 0 ? ["params:epochs"] : ["d0"]),
};

/** Inputs of node i without its own output, which is its own half when i is 0. */
function inputsOf(shape: string, i: number): string[] {
  return SHAPES[shape]!(i).filter((name) => name !== `d${i}`);
}

function build(shape: string, size: number): Pipeline {
  const one = () => 1;
  return pipeline(
    Array.from({ length: size }, (_, i) =>
      node({ func: one, name: `n${i}`, inputs: inputsOf(shape, i), outputs: `d${i}` }),
    ),
  );
}

async function msToRun(runner: Runner, made: Pipeline): Promise<number> {
  const parameters = { epochs: 1 };
  const factories = { memory: () => new MemoryDataset() };
  const catalog = new DataCatalog({ config: {}, factories, parameters });
  const runParams = { runId: "bench", pipeline: "bench", env: null, parameters, seed: 1 };
  return msOf(() => runner.run({ pipeline: made, catalog, hooks: [], runParams }));
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

/** A project with the pipeline as its own code; its first and last outputs are saved. */
async function createProject(command: readonly string[], dir: string, shape: string, size: number) {
  await spawn([...command, "init", dir], tmpdir());
  const folder = join(dir, "src/pipelines/bench");
  await mkdir(folder, { recursive: true });
  const nodes = Array.from({ length: size }, (_, i) => [`n${i}`, inputsOf(shape, i), `d${i}`]);
  const code = `import { node, pipeline } from "tegaki";
const one = (...values) => values.length;
const nodes = ${JSON.stringify(nodes)};
export const createPipeline = () =>
  pipeline(nodes.map(([name, inputs, outputs]) => node({ name, func: one, inputs, outputs })));
`;
  await writeFile(join(folder, "pipeline.ts"), code);
  const entry = (name: string) => `${name}:\n  type: json\n  filepath: data/${name}.json\n`;
  await mkdir(join(dir, "conf/local"), { recursive: true });
  await writeFile(join(dir, "conf/local/catalog.yml"), entry("d0") + entry(`d${size - 1}`));
}

async function spawn(command: string[], cwd: string): Promise<void> {
  const child = Bun.spawn(command, { cwd, stdio: ["ignore", "ignore", "ignore"] });
  if ((await child.exited) !== 0) throw new Error(`${command.join(" ")} failed in ${cwd}`);
}

/** The times of `tegaki run`: of all nodes; of a run that repeats the first, whose output is unchanged; of none. */
async function runsMs(command: readonly string[], shape: string, size: number): Promise<number[]> {
  const dir = await mkdtemp(join(tmpdir(), "tegaki-bench-"));
  const project = join(dir, "project");
  try {
    await createProject(command, project, shape, size);
    const run = (...more: string[]) =>
      msOf(() => spawn([...command, "run", "--pipeline", "bench", ...more], project));
    return [await run(), await run("--params", "epochs=2"), await run("--params", "epochs=2")];
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Prints how the engine's time grows with the number of nodes; per node it should not grow. */
export async function benchEngineScaling(command: readonly string[]): Promise<void> {
  console.log(
    "\nshape  nodes   build  sequential  parallel   tegaki run  first changed  unchanged  ms (us per node)",
  );
  for (const shape of Object.keys(SHAPES)) {
    for (const size of SIZES) {
      const buildMs = await medianMs(() => msOf(() => build(shape, size)));
      const made = build(shape, size);
      const sequentialMs = await medianMs(() => msToRun(new SequentialRunner(), made));
      const parallelMs = await medianMs(() => msToRun(new ParallelRunner(), made));
      const runs = await runsMs(command, shape, size);
      const cells = [buildMs, sequentialMs, parallelMs, ...runs].map((ms) =>
        `${ms.toFixed(0)} (${((1_000 * ms) / size).toFixed(0)})`.padStart(12),
      );
      const limitMs = LIMITS_MS[size] ?? Number.POSITIVE_INFINITY;
      const verdict = Math.max(...runs) > limitMs ? `OVER ${limitMs} ms` : "";
      console.log(`${shape.padEnd(6)} ${String(size).padStart(5)}${cells.join("")} ${verdict}`);
    }
  }
}
