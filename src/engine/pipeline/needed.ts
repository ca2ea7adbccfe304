import type { Node } from "./node.ts";
import type { Pipeline } from "./pipeline.ts";
import { datasetOf } from "./transcoding.ts";

/**
 * Returns the nodes that must run: `start`, and, going backwards, every node whose output they need but cannot load.
 *
 * @param start  nodes that run in any case.
 * @param isKept whether a node's output can be loaded without running that node.
 */
export async function withNeeded(
  pipeline: Pipeline,
  start: Iterable<Node>,
  isKept: (dataset: string) => boolean | Promise<boolean>,
): Promise<Set<Node>> {
  const needed = new Set(start);
  for (const node of needed) {
    for (const parent of pipeline.parentsOf(node)) {
      if (needed.has(parent)) continue;
      const read = new Set(node.inputs.map(datasetOf));
      const shared = parent.outputs.filter((output) => read.has(datasetOf(output)));
      for (const dataset of shared) if (!(await isKept(dataset))) needed.add(parent);
    }
  }
  return needed;
}
