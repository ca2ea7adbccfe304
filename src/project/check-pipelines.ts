import { CatalogEntries } from "../engine/catalog/catalog-entries.ts";
import {
  type Known,
  missingDatasets,
  missingParameters,
  unreadOutputs,
} from "../engine/pipeline/loose-ends.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { UsageError } from "../lib/errors.ts";
import { runParameters } from "./parameters.ts";
import type { Project } from "./project.ts";
import { type ProjectPipelines, projectPipelines } from "./project-pipelines.ts";

/** What is worth knowing of a project that is in order. */
export interface ValidationSummary {
  /** The parameters of the project's own. */
  parameters: Readonly<Record<string, unknown>>;
  /** In words, of all its pipelines. */
  warnings: string[];
}

/** What the names in these pipelines are judged by. */
export function knownIn(project: Project, { pipelines }: Pick<ProjectPipelines, "pipelines">): Known {
  return {
    pipelines: Object.values(pipelines),
    catalog: new CatalogEntries(project.config.catalog),
    parameters: runParameters(project),
  };
}

/** Each output of the pipeline that is lost after a run, in words. */
export function warningsOf(pipeline: Pipeline, known: Known): string[] {
  return unreadOutputs(pipeline.nodes, known);
}

/**
 * `tegaki validate`, once the config itself is right: every pipeline of the project, whose code is loaded.
 * @throws UsageError naming every broken pipeline and every input that nothing can give.
 */
export async function checkPipelines(project: Project): Promise<ValidationSummary> {
  const all = await projectPipelines({ projectDir: project.dir, canLoadCode: true });
  const known = knownIn(project, all);
  const broken = all.broken.map(({ name, problem }) => `Pipeline "${name}" is broken: ${problem}`);
  const nodes = known.pipelines.flatMap((pipeline) => pipeline.nodes);
  const missing = [...missingParameters(nodes, known.parameters), ...missingDatasets(nodes, known)];
  const problems = [...broken, ...new Set(missing)];
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  const warnings = unreadOutputs(nodes, known);
  return { parameters: project.config.ownParameters, warnings: [...new Set(warnings)] };
}
