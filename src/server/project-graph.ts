import { parameterFields } from "../config/fields/parameter-fields.ts";
import { describeGraph } from "../graph/describe-graph.ts";
import type { PipelineGraph } from "../graph/pipeline-graph.ts";
import { runParameters } from "../project/parameters.ts";
import type { Project } from "../project/project.ts";
import type { ProjectPipelines } from "../project/project-pipelines.ts";
import type { Runtime } from "../project/runtime.ts";
import { readProjectSources } from "../project/sources/project-sources.ts";

/** The graph of all pipelines of a project. Parameter `gate` is set in server.yml, so `--params` cannot set it. */
export async function projectGraph(
  runtime: Pick<Runtime, "embedded">,
  project: Project,
  { pipelines, files, broken }: ProjectPipelines,
): Promise<PipelineGraph> {
  const { catalog, parameters, ownParameters } = project.config;
  return describeGraph({
    pipelines,
    files,
    catalog,
    parameters: runParameters(project),
    settable: { ...parameters, ...ownParameters },
    fields: parameterFields(project.config),
    builtInSources: await runtime.embedded.sources(),
    ownSources: await readProjectSources(project.dir, { pipelines, files, broken }),
  });
}
