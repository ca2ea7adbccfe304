import { MODEL_FILE, modelFromBytes } from "../datasets/models/model-files.ts";
import { WEIGHTS_FILE } from "../datasets/models/model-json.ts";
import { BUILTIN_MODEL_KEY, readRegisteredModel } from "../datasets/models/registered-model-dataset.ts";
import { decodeMetrics } from "../domain/metrics.ts";
import type { Model } from "../domain/model.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { Store } from "../domain/store.ts";
import { createModelRegistry, type StoredModelRegistry } from "../model-registry/stored-registry.ts";
import type { Embedded } from "./embedded.ts";
import type { Project } from "./project.ts";
import type { Runtime } from "./runtime.ts";

/** The name under which models are served: `/v2/models/digits`. */
export const MODEL_NAME = "digits";

/** What is known of the built-in model: `npm run base-model` writes it, and a test sees that the hash is right. */
export interface BaseModelRecord {
  sha256: string;
  metrics: Record<string, unknown>;
}
const RECORD_FILE = "record.json";

/** Reads a registered version's artifacts. @throws DatasetError when they are not what was registered. */
export type ReadModel = (model: Pick<Model, "version" | "key" | "sha256">) => Promise<ModelArtifacts>;

export function modelReader(runtime: Runtime, project: Project): ReadModel {
  const sources = { dataDir: project.dataDir, builtinModel: () => builtinModel(runtime.embedded) };
  return (model) => readRegisteredModel(model, sources);
}

/** The base model inside the executable. */
export async function builtinModel(embedded: Embedded): Promise<ModelArtifacts> {
  const [json, weights] = await Promise.all([embedded.model(MODEL_FILE), embedded.model(WEIGHTS_FILE)]);
  return modelFromBytes(json, weights, BUILTIN_MODEL_KEY);
}

/**
 * The registry of a store, with the built-in model registered, if there is one and all that it knows is asked for:
 * a project of other classes begins with no model.
 *
 * @param classes of the project.
 * @param check loads artifacts and tries them on fixed digits; throws when they must not serve.
 */
export async function openRegistry(
  { embedded }: Runtime,
  store: Store,
  readModel: ReadModel,
  classes: readonly string[],
  check: (artifacts: ModelArtifacts) => Promise<void>,
): Promise<StoredModelRegistry> {
  const registry = createModelRegistry({
    store,
    name: MODEL_NAME,
    check: async (model) => check(await readModel(model)),
  });
  if (!(await hasBaseModelFor(embedded, classes))) return registry;
  const text = new TextDecoder().decode(await embedded.model(RECORD_FILE));
  const { sha256, metrics } = JSON.parse(text) as BaseModelRecord;
  await registry.ensureBase({ key: BUILTIN_MODEL_KEY, sha256, metrics: decodeMetrics(metrics) });
  return registry;
}

/** Whether a project of these classes starts with the built-in model: they have all that it knows. */
export async function hasBaseModelFor(embedded: Embedded, classes: readonly string[]): Promise<boolean> {
  if (!embedded.hasModel) return false;
  const json = JSON.parse(new TextDecoder().decode(await embedded.model(MODEL_FILE))) as BaseModelFile;
  return json.userDefinedMetadata.classes.every((name) => classes.includes(name));
}

/** What is looked at of the built-in model.json before its weights are read. */
interface BaseModelFile {
  userDefinedMetadata: { classes: readonly string[] };
}
