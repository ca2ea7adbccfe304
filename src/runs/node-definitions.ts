import type { NodeSource } from "../engine/pipeline/node-source.ts";
import type { Project } from "../project/project.ts";
import { projectPipelines } from "../project/project-pipelines.ts";
import { readProjectSources } from "../project/sources/project-sources.ts";
import type { RunOptions } from "./run-options.ts";

/**
 * Returns a function that finds the source of the function of a node of the project's own pipelines; null for other
 * nodes. The files are read once, when a node has failed.
 */
export function nodeDefinitions(
  project: Project,
  { pipeline: wanted, canLoadCode = true }: RunOptions,
): (node: string) => Promise<NodeSource | null> {
  const read = async () => {
    const all = await projectPipelines({ projectDir: project.dir, canLoadCode, wanted });
    const sources = Object.values(await readProjectSources(project.dir, all));
    return new Map(sources.flatMap((byNode) => Object.entries(byNode)));
  };
  let sources: ReturnType<typeof read> | null = null;
  return async (node) => {
    sources ??= read();
    return (await sources).get(node) ?? null;
  };
}
