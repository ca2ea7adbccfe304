import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run } from "../../src/domain/runs/run.ts";
import type { Store } from "../../src/domain/store.ts";
import type { Embedded } from "../../src/project/embedded.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import type { Runtime } from "../../src/project/runtime.ts";
import type { RunOptions } from "../../src/runs/run-options.ts";
import { runPipeline } from "../../src/runs/run-pipeline.ts";
import type { RunSummary } from "../../src/runs/run-summary.ts";
import { steppingClock } from "./stepping-clock.ts";

const BASE = join(import.meta.dir, "../../conf/base");
const CONF = ["catalog.yml", "parameters.yml", "server.yml"];
const readBase = async (name: string) => [name, await Bun.file(join(BASE, name)).text()] as const;

/** The runtime of the runs; its reports only say what they were rendered from. */
export const runtime: Runtime = {
  version: "0.0.0-test",
  // The pipelines of these tests need only the configuration of the embedded files.
  embedded: {
    confTrees: async () => ({}),
    conf: async () => Object.fromEntries(await Promise.all(CONF.map(readBase))),
    hasModel: false,
  } as Embedded,
  kernelWorkerUrl: new URL("../../src/kernel-worker.ts", import.meta.url),
  augmentWorkerUrl: new URL("../../src/augment-worker.ts", import.meta.url),
  graphWorkerUrl: new URL("../../src/graph-worker.ts", import.meta.url),
  storeWorkerUrl: new URL("../../src/store-worker.ts", import.meta.url),
  command: [process.execPath],
  environ: {},
  clock: steppingClock(),
  renderReport: async (report, options) => JSON.stringify({ language: "en", ...options, report }),
  note: () => {},
  print: () => {},
};

/** Reports nothing. */
export const silent: RunOptions["onProgress"] = {
  nodeStarted: () => {},
  nodeDone: () => {},
  nodeFailed: () => {},
  warn: () => {},
  nodeSkipped: () => {},
  progress: () => {},
  log: () => {},
  end: () => {},
};

/** Controls and records the nodes of a test's pipeline, which find it as `globalThis.tegakiRunTest`. */
export interface World {
  ran: string[];
  /** Names of nodes that must fail. */
  failing: Set<string>;
  /** Called by each node that runs. */
  onRun(name: string): void;
  /** Other values for the nodes. */
  given: Record<string, unknown>;
}

/** A prefix for a pipeline's source: the function that each node calls first. */
export const BEGIN = `const world = globalThis.tegakiRunTest;
const begin = (name, context) => {
  world.ran.push(name);
  world.onRun(name);
  context.signal.throwIfAborted();
  if (world.failing.has(name)) throw new TypeError(name + " cannot", { cause: new RangeError("too far") });
};
`;

/** A separate project directory with files, whose pipelines can be run in this process. */
export class RunProject {
  readonly world: World = { ran: [], failing: new Set(), onRun: () => {}, given: {} };
  readonly dir: string;
  readonly #defaults: Partial<RunOptions>;

  // biome-ignore lint/style/useConsistentMemberAccessibility: a constructor has no #.
  private constructor(dir: string, defaults: Partial<RunOptions>) {
    this.dir = dir;
    this.#defaults = defaults;
    (globalThis as unknown as { tegakiRunTest: World }).tegakiRunTest = this.world;
  }

  /** @param files contents by path. @param defaults options of every run. */
  static async create(files: Record<string, string>, defaults: Partial<RunOptions>): Promise<RunProject> {
    const dir = await realpath(await mkdtemp(join(tmpdir(), "tegaki-run-")));
    for (const [path, text] of Object.entries(files)) await Bun.write(join(dir, path), text);
    return new RunProject(dir, defaults);
  }

  /** Runs a pipeline; `ran` are the executed nodes, in order. */
  async run(
    more: Partial<RunOptions> = {},
    signal = new AbortController().signal,
  ): Promise<{ ran: string[]; summary: RunSummary | null; error: Error | null }> {
    this.world.ran.length = 0;
    const options = {
      dir: this.dir,
      pipeline: "__default__",
      commandLine: "tegaki run",
      onProgress: silent,
      ...this.#defaults,
      ...more,
    };
    let summary: RunSummary | null = null;
    let error: Error | null = null;
    try {
      summary = await runPipeline(runtime, options, signal);
    } catch (thrown) {
      error = thrown as Error;
    }
    return { ran: [...this.world.ran], summary, error };
  }

  async withStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
    const store = await openProjectStore(runtime, await loadProject(runtime, { dir: this.dir }));
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  }

  async newestRun(): Promise<Run> {
    return this.withStore(async ({ runs }) => (await runs.list({ limit: 1 })).runs[0]!);
  }

  async remove(): Promise<void> {
    delete (globalThis as Record<string, unknown>).tegakiRunTest;
    await rm(this.dir, { recursive: true, force: true });
  }
}
