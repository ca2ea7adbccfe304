import { createDatasetFactories } from "../datasets/factories.ts";
import type { RunReport } from "../domain/runs/run-report.ts";
import type { Store } from "../domain/store.ts";
import { DataCatalog } from "../engine/catalog/catalog.ts";
import { mnistFiles } from "../project/builtin-mnist.ts";
import { builtinModel } from "../project/model-sources.ts";
import { runParameters } from "../project/parameters.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { pointedTo } from "./versions-in-use.ts";

/** The project whose catalog is created, and the versions that it saves and loads. */
export interface RunCatalogOptions {
  runtime: Runtime;
  project: Project;
  store: Store;
  /** The version under which the run saves versioned datasets. */
  runVersion: string;
  /** The version to load instead of the newest, by dataset name. */
  loadVersions: Readonly<Record<string, string>>;
}

/** Creates the catalog of a run. @throws UsageError naming every invalid entry of catalog.yml and load version. */
export function createRunCatalog(options: RunCatalogOptions): DataCatalog {
  const { runtime, project, store, runVersion, loadVersions } = options;
  return new DataCatalog({
    config: project.config.catalog,
    factories: createDatasetFactories({
      projectDir: project.dir,
      dataDir: project.dataDir,
      store,
      classes: project.config.parameters.classes,
      builtinMnist: () => mnistFiles(runtime.embedded),
      builtinModel: () => builtinModel(runtime.embedded),
      renderReport: (report) => runtime.renderReport(report as RunReport),
      runVersion,
      pointedTo: () => pointedTo(project, store),
    }),
    parameters: runParameters(project),
    loadVersions,
    credentials: project.credentials,
  });
}
