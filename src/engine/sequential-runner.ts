import { messageOf } from "../lib/errors.ts";
import { callHooks, reportError } from "./call-hooks.ts";
import type { DataCatalog } from "./catalog.ts";
import { PipelineError, RunCancelledError } from "./errors.ts";
import type { Node } from "./node.ts";
import type { Pipeline } from "./pipeline.ts";
import { runNode } from "./run-node.ts";
import type { Runner } from "./types.ts";

type RunArguments = Parameters<Runner["run"]>[0];

/** One node after the other, in the pipeline's order. */
export class SequentialRunner implements Runner {
  readonly #now: () => number;

  /** @param now milliseconds on any steadily growing scale, for the durations given to hooks. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  async run(args: RunArguments): Promise<Record<string, unknown>> {
    const { pipeline, hooks, runParams } = args;
    const nodes = pipeline.nodes.map((node) => node.name);
    try {
      await callHooks(hooks, "before_pipeline_run", { runParams, nodes });
      await checkInputs(args);
      await this.#runNodes(args);
      const outputs = await undeclaredOutputs(args);
      await callHooks(hooks, "after_pipeline_run", { runParams, outputs });
      return outputs;
    } catch (error) {
      throw await reportError(hooks, "on_pipeline_error", { error, runParams });
    }
  }

  async #runNodes({
    pipeline,
    catalog,
    hooks,
    signal = new AbortController().signal,
  }: RunArguments): Promise<void> {
    const release = releaser(pipeline, catalog);
    for (const node of pipeline.nodes) {
      if (signal.aborted)
        throw new RunCancelledError(`Cancelled before node "${node.name}"`, { cause: signal.reason });
      try {
        await runNode(node, { catalog, hooks, signal, now: this.#now });
      } catch (error) {
        if (signal.aborted) throw new RunCancelledError(`Cancelled in node "${node.name}"`, { cause: error });
        throw new PipelineError(`Node "${node.name}" failed: ${messageOf(error)}`, { cause: error });
      }
      release(node);
    }
  }
}

/** @throws PipelineError naming every input that nothing can give, before any node has run. */
async function checkInputs({ pipeline, catalog, runParams }: RunArguments): Promise<void> {
  const missing = await Promise.all(pipeline.inputs().map((name) => catalog.missing(name)));
  const problems = missing.filter((problem) => problem !== null);
  if (problems.length > 0) {
    throw new PipelineError(`Pipeline "${runParams.pipeline}" cannot start: ${problems.join("; ")}`);
  }
}

/** To be called after each node: lets go of values that no later node reads. What the caller put in stays. */
function releaser(pipeline: Pipeline, catalog: DataCatalog): (node: Node) => void {
  const readersLeft = new Map<string, number>();
  for (const name of pipeline.nodes.flatMap((node) => node.inputs)) {
    readersLeft.set(name, (readersLeft.get(name) ?? 0) + 1);
  }
  for (const name of pipeline.inputs()) readersLeft.delete(name);
  return (node) => {
    for (const name of node.inputs) {
      const left = readersLeft.get(name);
      if (left === undefined) continue;
      if (left === 1) catalog.release(name);
      readersLeft.set(name, left - 1);
    }
  };
}

async function undeclaredOutputs({ pipeline, catalog }: RunArguments): Promise<Record<string, unknown>> {
  const names = pipeline.outputs().filter((name) => !catalog.isDeclared(name));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await catalog.load(name)])));
}
