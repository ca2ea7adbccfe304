import type { Store } from "../../domain/store.ts";
import { NotFoundError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { ModelFiles } from "../../model-registry/model-files.ts";
import type { ModelRegistry } from "../../model-registry/model-registry.ts";
import { deleteVersion, neededBy, prune } from "../../model-registry/removal.ts";
import { modelReader } from "../model-sources.ts";
import type { Project } from "../project.ts";
import type { Runtime } from "../runtime.ts";
import { exportModel } from "./export-model.ts";
import { diffModels } from "./model-diff.ts";
import { registeredFiles } from "./registered-files.ts";

/**
 * Creates what reads, writes and removes the files of a project's versions.
 * @param keep number of versions whose files stay; that of the project's settings by default.
 */
export function createModelFiles(
  runtime: Runtime,
  project: Project,
  store: Store,
  registry: ModelRegistry,
  keep: () => number = () => project.config.server.models.keep,
): ModelFiles {
  const readModel = modelReader(runtime, project);
  const removal = { store, files: registeredFiles(project) };
  let last: Promise<unknown> = Promise.resolve();
  return {
    async export(version) {
      const model = await registry.get(version);
      if (model !== null) return exportModel(model, readModel);
      throw new NotFoundError(`There is no model version ${version}`, {
        says: saying("noVersion", { version }),
      });
    },
    async import(archive, by) {
      // It loads tfjs, which most commands do without.
      const { importArchive } = await import("./import-model.ts");
      // One at a time: two imports of the same model must not write the same folder.
      const imported = last.then(() => importArchive({ project, store, registry }, archive, by));
      last = imported.catch(() => {});
      return imported;
    },
    diff: (a, b) => diffModels(store, readModel, a, b),
    neededBy: (version) => neededBy(removal, version),
    delete: (version, by) => deleteVersion(removal, version, by),
    prune: (by) => prune(removal, keep(), by),
  };
}
