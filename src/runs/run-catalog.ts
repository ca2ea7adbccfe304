import { createDatasetFactories } from "../datasets/factories.ts";
import type { RunReport } from "../domain/run-report.ts";
import type { Store } from "../domain/store.ts";
import { DataCatalog } from "../engine/catalog/catalog.ts";
import { mnistFiles } from "../project/builtin-mnist.ts";
import { builtinModel } from "../project/model-sources.ts";
import { runParameters } from "../project/parameters.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { pointedTo } from "./pointed-to.ts";

export interface RunCatalogOptions {
  runtime: Runtime;
  project: Project;
  store: Store;
  /** The stamp of the versions that the run saves. */
  runVersion: string;
  loadVersions: Readonly<Record<string, string>>;
}

/** @throws UsageError naming every entry of catalog.yml, and every load version, that cannot be. */
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
