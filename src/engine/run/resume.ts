import { withNeeded } from "../pipeline/needed.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Skips } from "./hooks.ts";
import { skipOthers } from "./missing-outputs.ts";

/** The part of an earlier run that need not be repeated. */
export interface Finished {
  /** The run to resume; named in the reason. */
  runId: string;
  /** Names of its finished nodes whose outputs have not changed since. */
  nodes: ReadonlySet<string>;
  /** Whether an output of one of them can be loaded; a value that was held in memory cannot. */
  isKept(dataset: string): boolean | Promise<boolean>;
}

/**
 * Returns the nodes that a resumed run skips. Every unfinished node runs, and so do the finished nodes whose outputs
 * they need but were held in memory, as far back as there are saved inputs: Kedro's resume scenario. Kedro's
 * `--from-nodes` also repeats every node after those; here a finished node with saved outputs is never repeated.
 */
export async function skipFinished(pipeline: Pipeline, finished: Finished): Promise<Skips> {
  const start = pipeline.nodes.filter((node) => !finished.nodes.has(node.name));
  const toRun = await withNeeded(pipeline, start, (dataset) => finished.isKept(dataset));
  return skipOthers(pipeline, toRun, () => ({
    cause: "finished",
    reason: `done in run ${finished.runId}`,
  }));
}
