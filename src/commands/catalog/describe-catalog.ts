import { versionsOf } from "../../datasets/files/locate.ts";
import { CatalogEntries, type CatalogEntry } from "../../engine/catalog/catalog-entries.ts";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { isParameter } from "../../engine/pipeline/parameters.ts";
import type { Pipeline } from "../../engine/pipeline/pipeline.ts";
import { UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import { loadProject, type Project, type ProjectOptions } from "../../project/project.ts";
import { pipelineNamed, projectPipelines, sourcesOf } from "../../project/project-pipelines.ts";
import type { Runtime } from "../../project/runtime.ts";

/** Names of datasets by origin and type, grouped as in Kedro. */
interface DatasetsOfPipeline {
  /** Named in the catalog. */
  datasets: Record<string, string[]>;
  /** Created by a dataset factory. */
  factories: Record<string, string[]>;
  /** Not in the catalog: held in memory. */
  defaults: Record<string, string[]>;
}

/** The operations of `tegaki catalog`. */
export interface CatalogCommands {
  /** By pipeline; of all pipelines by default. */
  describeDatasets(
    options: ProjectOptions & { pipelines?: string[] },
  ): Promise<Record<string, DatasetsOfPipeline>>;
  /** Dataset factories, in the order in which they are tried. */
  listPatterns(options: ProjectOptions): Promise<string[]>;
  /** Catalog entries by dataset; without the datasets that no entry and no factory matches. */
  resolvePatterns(options: ProjectOptions & { pipelines?: string[] }): Promise<Record<string, CatalogEntry>>;
  /** Versions of one dataset, newest first. */
  listVersions(options: ProjectOptions & { dataset: string }): Promise<string[]>;
}

/** The type of datasets that are not in catalog.yml. */
const DEFAULT_TYPE = "memory";

/** `tegaki catalog ...`. Opens nothing, except directories of versions in order to list them. */
export function catalogCommands(runtime: Runtime): CatalogCommands {
  return {
    async describeDatasets(options) {
      const project = await loadProject(runtime, options);
      const entries = new CatalogEntries(project.config.catalog);
      const pipelines = await wantedPipelines(project, options.pipelines);
      return Object.fromEntries(
        Object.entries(pipelines).map(([name, pipeline]) => [name, describeDatasets(pipeline, entries)]),
      );
    },
    async listPatterns(options) {
      const project = await loadProject(runtime, options);
      return new CatalogEntries(project.config.catalog).patterns();
    },
    async resolvePatterns(options) {
      const project = await loadProject(runtime, options);
      const entries = new CatalogEntries(project.config.catalog);
      const pipelines = Object.values(await wantedPipelines(project, options.pipelines));
      const resolved = new Map<string, CatalogEntry>();
      for (const name of [...new Set(pipelines.flatMap(datasetsOf))].toSorted()) {
        const entry = entries.resolve(name);
        if (entry !== null) resolved.set(name, entry);
      }
      return Object.fromEntries(resolved);
    },
    async listVersions(options) {
      const project = await loadProject(runtime, options);
      const entries = new CatalogEntries(project.config.catalog);
      const config = entries.resolve(options.dataset)?.config;
      if (config === undefined) {
        const hint = didYouMean(options.dataset, entries.names());
        throw new UsageError(`Dataset "${options.dataset}" is not in the catalog${hint}`);
      }
      if (config.versioned === true) return versionsOf(project.dir, config, credentialsOf(project, config));
      throw new UsageError(
        `Dataset "${options.dataset}" is not versioned: its entry has no "versioned: true"`,
      );
    },
  };
}

/** The named pipelines, or all of them. @throws UsageError when one does not exist or is broken. */
async function wantedPipelines(
  project: Project,
  names: readonly string[] | undefined,
): Promise<Record<string, Pipeline>> {
  const all = await projectPipelines({ ...sourcesOf(project), canLoadCode: true });
  if (names === undefined) return all.pipelines;
  return Object.fromEntries(names.map((name) => [name, pipelineNamed(all, name)]));
}

/** Credentials of a dataset. The config has been validated, so a given name exists. */
function credentialsOf({ credentials }: Project, config: DatasetConfig) {
  return config.credentials === undefined ? undefined : credentials[config.credentials];
}

function datasetsOf(pipeline: Pipeline): string[] {
  return pipeline.datasets().filter((name) => !isParameter(name));
}

function describeDatasets(pipeline: Pipeline, entries: CatalogEntries): DatasetsOfPipeline {
  const found: DatasetsOfPipeline = { datasets: {}, factories: {}, defaults: {} };
  for (const name of datasetsOf(pipeline).toSorted()) {
    const entry = entries.resolve(name);
    const group = entry === null ? "defaults" : entry.pattern === null ? "datasets" : "factories";
    const type = entry?.config.type ?? DEFAULT_TYPE;
    found[group][type] = [...(found[group][type] ?? []), name];
  }
  return found;
}
