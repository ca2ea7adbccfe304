import { CatalogEntries } from "../engine/catalog/catalog-entries.ts";
import {
  type Known,
  missingDatasets,
  missingParameters,
  unreadOutputs,
} from "../engine/pipeline/loose-ends.ts";
import type { Node } from "../engine/pipeline/node.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { UsageError } from "../lib/errors.ts";
import { catalogProblems } from "./check-catalog.ts";
import { runParameters } from "./parameters.ts";
import type { Project } from "./project.ts";
import { type ProjectPipelines, projectPipelines, sourcesOf } from "./project-pipelines.ts";

/** The result of validating a project without errors. */
export interface ValidationSummary {
  /** The project's own parameters. */
  parameters: Readonly<Record<string, unknown>>;
  /** Those of the config first, then those of all its pipelines. */
  warnings: string[];
}

/** Returns everything that a project defines, against which the names in its pipelines are checked. */
export function knownIn(project: Project, { pipelines }: Pick<ProjectPipelines, "pipelines">): Known {
  return {
    pipelines: Object.values(pipelines),
    catalog: new CatalogEntries(project.config.catalog),
    parameters: runParameters(project),
  };
}

/** Returns a warning for each output of the pipeline that is lost after a run. */
export function warningsOf(pipeline: Pipeline, known: Known): string[] {
  return unreadOutputs(pipeline.nodes, known);
}

/**
 * Checks every pipeline of a project for `tegaki validate`, after the config itself. This loads the project's code.
 * @param more returns more problems of the nodes.
 * @throws UsageError naming every broken pipeline, every input that is not available, and every dataset that cannot be
 *   created.
 */
export async function checkPipelines(
  project: Project,
  more: (nodes: readonly Node[]) => Promise<string[]>,
): Promise<ValidationSummary> {
  const all = await projectPipelines({ ...sourcesOf(project), canLoadCode: true });
  const known = knownIn(project, all);
  const broken = all.broken.map(({ name, problem }) => `Pipeline "${name}" is broken: ${problem}`);
  const nodes = known.pipelines.flatMap((pipeline) => pipeline.nodes);
  const missing = [...missingParameters(nodes, known.parameters), ...missingDatasets(nodes, known)];
  const datasets = known.pipelines.flatMap((pipeline) => pipeline.datasets());
  const unusable = catalogProblems(project, datasets);
  const problems = [...broken, ...new Set(missing), ...unusable, ...(await more(nodes))];
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  const warnings = [...project.config.warnings, ...new Set(unreadOutputs(nodes, known))];
  return { parameters: project.config.ownParameters, warnings };
}
