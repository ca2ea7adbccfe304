import type { Model } from "../../domain/model.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { ModelStore } from "../../domain/store.ts";
import type { Dataset } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { pathWithin } from "../files/paths.ts";
import { hashModel, readModelFiles } from "./model-files.ts";

/** The key of the base model, which is built into the executable. */
export const BUILTIN_MODEL_KEY = "builtin:base";

/** The alias of the base model. */
const BASE = "base";

/** Everything that a registered model is loaded from. */
export interface RegisteredModelSources {
  models: ModelStore;
  /** The directory that keys are relative to. */
  dataDir: string;
  builtinModel(): Promise<ModelArtifacts>;
}

/**
 * The model that an alias pointed to when it was first loaded: a run sees a single version even if the alias moves in
 * the meantime, and `describe().version` is that version. Read-only: promotion moves aliases.
 */
export class RegisteredModelDataset implements Dataset<ModelArtifacts | null> {
  readonly #alias: string;
  readonly #otherwise: { fallback: string | null; isOptional: boolean };
  readonly #sources: RegisteredModelSources;
  #found: Model | null = null;

  /**
   * @param otherwise when the alias points to nothing: another alias to look up, and whether `load` then returns null.
   */
  constructor(
    alias: string,
    sources: RegisteredModelSources,
    otherwise: { fallback: string | null; isOptional: boolean } = { fallback: null, isOptional: false },
  ) {
    this.#alias = alias;
    this.#otherwise = otherwise;
    this.#sources = sources;
  }

  async load(): Promise<ModelArtifacts | null> {
    this.#found ??= await this.#find();
    const model = this.#found;
    if (model === null && this.#otherwise.isOptional) return null;
    if (model === null) {
      throw new DatasetError(
        `there is no model with the alias "${this.#alias}" yet. Promote one with "tegaki model promote"`,
      );
    }
    return readRegisteredModel(model, this.#sources);
  }

  async save(): Promise<void> {
    throw new DatasetError(
      `datasets of type registered_model are read-only: promotion moves the alias "${this.#alias}"`,
    );
  }

  async exists(): Promise<boolean> {
    return (await this.#find()) !== null;
  }

  /** Returns the SHA-256 with which the version was registered. */
  async fingerprint(): Promise<string | null> {
    this.#found ??= await this.#find();
    return this.#found?.sha256 ?? null;
  }

  describe(): Record<string, unknown> {
    return { type: "registered_model", alias: this.#alias, version: this.#found?.version ?? null };
  }

  async #find(): Promise<Model | null> {
    const { fallback } = this.#otherwise;
    return (await this.#pointedTo(this.#alias)) ?? (fallback === null ? null : this.#pointedTo(fallback));
  }

  async #pointedTo(alias: string): Promise<Model | null> {
    const { models } = this.#sources;
    const version = (await models.aliases())[alias];
    if (version !== undefined) return models.get(version);
    if (alias !== BASE) return null;
    return (await models.list()).find(({ key }) => key === BUILTIN_MODEL_KEY) ?? null;
  }
}

/**
 * Reads the artifacts of a registered version.
 * @throws DatasetError when its files are missing, malformed or changed since it was registered. It names them by the
 *   version's key: deployments keep the reason, and pages show it.
 */
export async function readRegisteredModel(
  model: Pick<Model, "version" | "key" | "sha256">,
  { dataDir, builtinModel }: Omit<RegisteredModelSources, "models">,
): Promise<ModelArtifacts> {
  if (model.key === BUILTIN_MODEL_KEY) return builtinModel();
  const artifacts = await readNamed(pathWithin(dataDir, model.key), model.key);
  const found = await hashModel(artifacts);
  if (found !== model.sha256) {
    throw new DatasetError(
      `${model.key}: its SHA-256 is ${found}, but version ${model.version} was registered with ${model.sha256}`,
    );
  }
  return artifacts;
}

async function readNamed(directory: string, name: string): Promise<ModelArtifacts> {
  try {
    return await readModelFiles(directory);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    throw new DatasetError(error.message.replaceAll(directory, name), { cause: error });
  }
}
