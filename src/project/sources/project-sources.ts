import type { ProjectPipelines } from "../project-pipelines.ts";
import type { ProjectSources } from "./node-sources.ts";

/** What the files of a project's own pipelines show of their nodes; the parser is loaded only when there are any. */
export async function readProjectSources(projectDir: string, all: ProjectPipelines): Promise<ProjectSources> {
  if (Object.keys(all.files).length === 0) return {};
  const { projectNodeSources } = await import("./node-sources.ts");
  return projectNodeSources(projectDir, all);
}
