import type { DataCatalog } from "../catalog/catalog.ts";
import { PipelineError } from "../errors.ts";
import type { Node } from "../pipeline/node.ts";
import { Pipeline } from "../pipeline/pipeline.ts";
import { isForm } from "../pipeline/transcoding.ts";
import { callHooks, reportError } from "./call-hooks.ts";
import { execute, type Outcome } from "./execution.ts";
import type { Skips } from "./hooks.ts";
import { failureOf } from "./outcome.ts";
import type { RunArguments, Runner } from "./runner.ts";

/** How long a function that ignores its signal may delay a cancelled run. */
const GRACE_MS = 2_000;

/** Options of every runner. */
export interface RunnerOptions {
  /** Milliseconds on any monotonic clock, for the durations passed to hooks. */
  now?: () => number;
  /** Milliseconds that a node's function may still take once the run is cancelled; 2,000 by default. Then it is abandoned. */
  graceMs?: number;
}

/** The common part of all runners, which differ only in how many nodes run at once. */
export abstract class NodeRunner implements Runner {
  readonly #now: () => number;
  readonly #graceMs: number;

  constructor({ now = () => performance.now(), graceMs = GRACE_MS }: RunnerOptions = {}) {
    this.#now = now;
    this.#graceMs = graceMs;
  }

  abstract workersFor(pipeline: Pipeline): number;

  async run(args: RunArguments): Promise<Record<string, unknown>> {
    const { pipeline, hooks, runParams } = args;
    const nodes = pipeline.nodes.map((node) => node.name);
    try {
      await callHooks(hooks, "before_pipeline_run", { runParams, nodes });
      await checkInputs(args);
      const outcome = await this.#execute(args);
      const outputs = await undeclaredOutputs(args, outcome);
      await callHooks(hooks, "after_pipeline_run", { runParams, outputs });
      return outputs;
    } catch (error) {
      throw await reportError(hooks, "on_pipeline_error", { error, runParams });
    }
  }

  async #execute(args: RunArguments): Promise<Outcome> {
    const { pipeline, catalog, hooks, continueOnError = false } = args;
    const signal = args.signal ?? new AbortController().signal;
    const skips: Skips = args.skips ?? new Map();
    const outcome = await execute({
      pipeline,
      environment: { catalog, hooks, now: this.#now, graceMs: this.#graceMs },
      skips,
      skipNow: args.skipNow,
      continueOnError,
      maxWorkers: this.workersFor(pipeline),
      signal,
      onEnd: releaser(pipeline, skips, catalog),
    });
    const failure = failureOf(outcome, pipeline, signal);
    if (failure !== null) throw failure;
    return outcome;
  }
}

/** @throws PipelineError naming every input that is not available, before any node has run. */
async function checkInputs({ pipeline, catalog, runParams, skips }: RunArguments): Promise<void> {
  const isSkipped = (node: Node) => skips?.has(node.name) === true;
  const toRun = skips?.size ? new Pipeline(pipeline.nodes.filter((node) => !isSkipped(node))) : pipeline;
  const inputs = new Set(toRun.inputs());
  const missing = await Promise.all([...inputs].map((name) => catalog.missing(name)));
  const forms = toRun.datasets().filter((name) => isForm(name) && !catalog.isDeclared(name));
  const made = forms.filter((name) => !inputs.has(name));
  const problems = [
    ...missing.filter((problem) => problem !== null),
    ...made.map(
      (name) => `Dataset "${name}" is not in the catalog: each form of a dataset needs its own entry`,
    ),
  ];
  if (problems.length > 0) {
    throw new PipelineError(`Pipeline "${runParams.pipeline}" cannot start: ${problems.join("; ")}`);
  }
}

/** Returns a callback for the end of each node that releases values no later node reads. Free inputs are kept. */
function releaser(pipeline: Pipeline, skips: Skips, catalog: DataCatalog): (node: Node) => void {
  const readersLeft = new Map<string, number>();
  for (const node of pipeline.nodes) {
    if (skips.has(node.name)) continue;
    for (const name of node.inputs) readersLeft.set(name, (readersLeft.get(name) ?? 0) + 1);
  }
  for (const name of pipeline.inputs()) readersLeft.delete(name);
  return (node) => {
    if (skips.has(node.name)) return;
    for (const name of node.inputs) {
      const left = readersLeft.get(name);
      if (left === undefined) continue;
      if (left === 1) catalog.release(name);
      readersLeft.set(name, left - 1);
    }
  };
}

async function undeclaredOutputs(
  { pipeline, catalog }: RunArguments,
  { done }: Outcome,
): Promise<Record<string, unknown>> {
  const made = new Set(done.flatMap((node) => node.outputs));
  const names = pipeline.outputs().filter((name) => made.has(name) && !catalog.isDeclared(name));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await catalog.load(name)])));
}
