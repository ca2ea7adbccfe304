import { MODEL_FILE, modelFromBytes } from "../datasets/models/model-files.ts";
import { WEIGHTS_FILE } from "../datasets/models/model-json.ts";
import { readRegisteredModel } from "../datasets/models/registered-model-dataset.ts";
import { decodeMetrics } from "../domain/metrics.ts";
import { BUILTIN_MODEL_KEY, type Model } from "../domain/model.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { Store } from "../domain/store.ts";
import { createModelRegistry, type StoredModelRegistry } from "../model-registry/stored-registry.ts";
import type { Embedded } from "./embedded.ts";
import type { Project } from "./project.ts";
import type { Runtime } from "./runtime.ts";

/** The name under which models are served: `/v2/models/digits`. */
export const MODEL_NAME = "digits";

/** The record of the base model. `npm run base-model` writes it, and a test checks the hash. */
export interface BaseModelRecord {
  sha256: string;
  metrics: Record<string, unknown>;
}
const RECORD_FILE = "record.json";

/** Reads a registered version's artifacts. @throws DatasetError when they have changed since it was registered. */
export type ReadModel = (model: Pick<Model, "version" | "key" | "sha256">) => Promise<ModelArtifacts>;

/** Returns a function that reads the registered versions of a project. */
export function modelReader(runtime: Runtime, project: Project): ReadModel {
  const sources = { dataDir: project.dataDir, builtinModel: () => builtinModel(runtime.embedded) };
  return (model) => readRegisteredModel(model, sources);
}

/** Returns the base model in the executable. */
export async function builtinModel(embedded: Embedded): Promise<ModelArtifacts> {
  const [json, weights] = await Promise.all([embedded.model(MODEL_FILE), embedded.model(WEIGHTS_FILE)]);
  return modelFromBytes(json, weights, BUILTIN_MODEL_KEY);
}

/**
 * Opens the registry of a store, and registers the base model: see `ensureBaseModel`.
 *
 * @param classes the project's classes.
 * @param check loads artifacts and checks them with fixed digits; throws when they must not go live.
 * @param hasFiles whether the files of a key exist; by default it is assumed.
 */
export async function openRegistry(
  runtime: Runtime,
  store: Store,
  readModel: ReadModel,
  classes: readonly string[],
  check: (artifacts: ModelArtifacts) => Promise<void>,
  hasFiles?: (key: string) => Promise<boolean>,
): Promise<StoredModelRegistry> {
  const registry = createModelRegistry({
    store,
    hasFiles,
    name: MODEL_NAME,
    check: async (model) => check(await readModel(model)),
  });
  await ensureBaseIn(registry, runtime, classes);
  return registry;
}

/**
 * Registers the base model if there is one and the project has all its classes; a project with other classes starts
 * without a model. Whatever reads the champion calls it first, so that the order of commands in a new folder does not
 * matter.
 */
export async function ensureBaseModel(
  runtime: Runtime,
  store: Store,
  classes: readonly string[],
): Promise<void> {
  const registry = createModelRegistry({ store, name: MODEL_NAME, check: async () => {} });
  await ensureBaseIn(registry, runtime, classes);
}

async function ensureBaseIn(
  registry: StoredModelRegistry,
  { embedded }: Runtime,
  classes: readonly string[],
): Promise<void> {
  if (!(await hasBaseModelFor(embedded, classes))) return;
  const text = new TextDecoder().decode(await embedded.model(RECORD_FILE));
  const { sha256, metrics } = JSON.parse(text) as BaseModelRecord;
  await registry.ensureBase({ key: BUILTIN_MODEL_KEY, sha256, metrics: decodeMetrics(metrics) });
}

/** Whether a project with these classes starts with the base model: they must include all of its classes. */
export async function hasBaseModelFor(embedded: Embedded, classes: readonly string[]): Promise<boolean> {
  if (!embedded.hasModel) return false;
  const json = JSON.parse(new TextDecoder().decode(await embedded.model(MODEL_FILE))) as BaseModelFile;
  return json.userDefinedMetadata.classes.every((name) => classes.includes(name));
}

/** The part of the base model's model.json that is read without the weights. */
interface BaseModelFile {
  userDefinedMetadata: { classes: readonly string[] };
}
