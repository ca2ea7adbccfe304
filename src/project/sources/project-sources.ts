import type { ProjectPipelines } from "../project-pipelines.ts";
import type { ProjectSources } from "./node-sources.ts";

/** Finds the sources of the nodes of a project's own pipelines; loads the parser only when there are any. */
export async function readProjectSources(projectDir: string, all: ProjectPipelines): Promise<ProjectSources> {
  if (Object.keys(all.files).length === 0) return {};
  const { projectNodeSources } = await import("./node-sources.ts");
  return projectNodeSources(projectDir, all);
}
