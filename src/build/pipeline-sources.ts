import type { NodeSource } from "../engine/pipeline/node-source.ts";
import { writtenNodeSources } from "../project/sources/node-sources.ts";

/**
 * Finds the source of each built-in node's function, for the graph, because the executable's own code is minified.
 *
 * @param root of the repository; `pipelines` is in its `src`.
 * @returns by node name. Omits a node whose name or function is not written literally.
 */
export async function pipelineSources(root: string): Promise<Record<string, NodeSource>> {
  const files = await Array.fromAsync(new Bun.Glob("src/pipelines/*/pipeline.ts").scan({ cwd: root }));
  const found = await Promise.all(files.sort().map((file) => writtenNodeSources(root, file)));
  return Object.assign({}, ...found);
}
