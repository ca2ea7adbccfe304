import { withNeeded } from "../pipeline/needed.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Skips } from "./hooks.ts";
import { skipOthers } from "./missing-outputs.ts";

export interface Finished {
  /** The run that is resumed, for the reason. */
  runId: string;
  /** Names of the nodes that it has done, with outputs that are still those it made. */
  nodes: ReadonlySet<string>;
  /** Whether a dataset that one of them made can be loaded; what was held in memory cannot. */
  isKept(dataset: string): boolean | Promise<boolean>;
}

/**
 * What a resumed run leaves out. Every node that is not finished runs, and for them the finished nodes whose outputs
 * were held in memory, as far back as there are saved inputs: Kedro's resume scenario. Kedro's `--from-nodes` also
 * repeats all that comes after those; here a finished node whose outputs are kept is never repeated.
 */
export async function skipFinished(pipeline: Pipeline, finished: Finished): Promise<Skips> {
  const start = pipeline.nodes.filter((node) => !finished.nodes.has(node.name));
  const toRun = await withNeeded(pipeline, start, (dataset) => finished.isKept(dataset));
  return skipOthers(pipeline, toRun, () => ({
    cause: "finished",
    reason: `done in run ${finished.runId}`,
  }));
}
