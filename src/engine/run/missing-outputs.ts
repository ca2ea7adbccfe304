import type { DataCatalog } from "../catalog/catalog.ts";
import { withNeeded } from "../pipeline/needed.ts";
import type { Node } from "../pipeline/node.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Skip, Skips } from "./hooks.ts";

const SKIP: Skip = { cause: "outputs_exist", reason: "its outputs exist" };

/**
 * Returns the nodes that `--only-missing-outputs` skips, by Kedro's rule. A node runs when it has no outputs, when an
 * output that outlives the run is missing, or when a node that runs needs an output of it that is missing or held in
 * memory only.
 */
export async function skipExistingOutputs(pipeline: Pipeline, catalog: DataCatalog): Promise<Skips> {
  const existing = new Map<string, Promise<boolean>>();
  const isKept = (dataset: string) => {
    const known = existing.get(dataset);
    if (known !== undefined) return known;
    const found = catalog.isPersistent(dataset) ? catalog.exists(dataset) : Promise.resolve(false);
    existing.set(dataset, found);
    return found;
  };
  const lacksOutput = async (node: Node) => {
    if (node.outputs.length === 0) return true;
    for (const output of node.outputs) {
      if (catalog.isPersistent(output) && !(await isKept(output))) return true;
    }
    return false;
  };
  const start: Node[] = [];
  for (const node of pipeline.nodes) if (await lacksOutput(node)) start.push(node);
  const toRun = await withNeeded(pipeline, start, isKept);
  return skipOthers(pipeline, toRun, () => SKIP);
}

/** Returns every node that is not in `toRun`, with the reason why it is skipped. */
export function skipOthers(
  pipeline: Pipeline,
  toRun: ReadonlySet<Node>,
  reasonOf: (node: Node) => Skip,
): Skips {
  return new Map(
    pipeline.nodes.filter((node) => !toRun.has(node)).map((node) => [node.name, reasonOf(node)]),
  );
}
