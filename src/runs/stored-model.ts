import { join, relative, sep } from "node:path";
import { pathWithin } from "../datasets/files/paths.ts";
import { refuseToReplace } from "../datasets/models/foreign-model.ts";
import { hashModel, readModelFiles, writeModelFiles } from "../datasets/models/model-files.ts";
import { BUILTIN_MODEL_KEY, type ModelFileRecord } from "../domain/model.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { ModelStore } from "../domain/store.ts";
import type { DataCatalog } from "../engine/catalog/catalog.ts";
import { UsageError } from "../lib/errors.ts";
import type { Project } from "../project/project.ts";

/** The folder of the registry's own copies, in the data directory. */
const REGISTRY = "registry";
/** The type of catalog.yml that models are saved as. */
const MODEL_TYPE = "tfjs_model";

/** The files of a model that is to be registered. */
export interface StoredModel {
  /** Relative to the data directory. */
  key: string;
  sha256: string;
  /** Whether a version with these files is registered. */
  isKnown: boolean;
}

/** The dataset that a run has written a model to. */
export interface ModelSource {
  project: Project;
  models: ModelStore;
  catalog: DataCatalog;
  dataset: string;
  /** The version under which the dataset is saved, if it is versioned. */
  version: string;
  /** The version of the run, which names a copy. */
  runVersion: string;
}

/**
 * Returns files of the model that no later run overwrites: its own ones where the dataset is versioned and within the
 * data directory, otherwise a copy of the registry's. So catalog.yml decides where a model is saved, and not whether
 * it can be registered.
 */
export async function storedModel(source: ModelSource): Promise<StoredModel> {
  const { project, models, catalog, dataset, runVersion } = source;
  const registered = await models.files();
  const key = versionKey(source);
  if (key !== null) {
    const sha256 = await hashModel(join(project.dataDir, key));
    return { key, sha256, isKnown: registered.some((model) => model.key === key) };
  }
  const artifacts = (await catalog.load(dataset)) as ModelArtifacts;
  const sha256 = await hashModel(artifacts);
  const same = await sameModel(project, registered, sha256);
  if (same !== null) return { key: same.key, sha256, isKnown: true };
  const copy = `${REGISTRY}/${runVersion}`;
  await writeModelFiles(join(project.dataDir, copy), artifacts);
  return { key: copy, sha256, isKnown: false };
}

/**
 * Checks before the run that its model can be saved and registered, because training may take hours.
 * @throws UsageError when the dataset cannot hold a model; DatasetError when saving would replace foreign files.
 */
export async function checkCanRegister(
  project: Project,
  catalog: DataCatalog,
  dataset: string,
): Promise<void> {
  const { type, filepath, versioned } = catalog.entry(dataset)?.config ?? {};
  if (type !== MODEL_TYPE) {
    throw new UsageError(
      `The model "${dataset}" cannot be registered: its type in catalog.yml is ${type ?? "missing"}, expected ${MODEL_TYPE}`,
    );
  }
  if (filepath !== undefined && versioned !== true) await refuseToReplace(pathWithin(project.dir, filepath));
}

/** The path of the saved version relative to the data directory; null when it may be overwritten or is elsewhere. */
function versionKey({ project, catalog, dataset, version }: ModelSource): string | null {
  const { filepath, versioned } = catalog.entry(dataset)?.config ?? {};
  if (filepath === undefined || versioned !== true) return null;
  const key = relative(project.dataDir, join(pathWithin(project.dir, filepath), version));
  return key.startsWith("..") ? null : key.split(sep).join("/");
}

/** A registered version whose files exist and have this hash. */
async function sameModel(
  project: Project,
  models: readonly ModelFileRecord[],
  sha256: string,
): Promise<ModelFileRecord | null> {
  for (const model of models) {
    if (model.sha256 !== sha256 || model.key === BUILTIN_MODEL_KEY || model.state === "deleted") continue;
    const files = await readModelFiles(join(project.dataDir, model.key)).catch(() => null);
    if (files !== null && (await hashModel(files)) === sha256) return model;
  }
  return null;
}
