import { CHAMPION } from "../../domain/deployment.ts";
import { BUILTIN_MODEL_KEY, type Model } from "../../domain/model.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { ModelStore } from "../../domain/store.ts";
import type { Dataset, DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import { pathWithin } from "../files/paths.ts";
import { requiredText } from "../options.ts";
import { hashModel, readModelFiles } from "./model-files.ts";

/** Everything that a registered model is loaded from. */
export interface RegisteredModelSources {
  models: ModelStore;
  /** The directory that keys are relative to. */
  dataDir: string;
  builtinModel(): Promise<ModelArtifacts>;
}

/** Which registered model: the version that an alias points to, or a version. */
export type RegisteredModelName = { alias: string } | { version: number };

/**
 * A version, or the one that an alias pointed to when it was first loaded: a run sees a single version even if the
 * alias moves in the meantime, and `describe().version` is that version. Read-only: promotion moves aliases.
 */
export class RegisteredModelDataset implements Dataset<ModelArtifacts | null> {
  readonly #name: RegisteredModelName;
  readonly #otherwise: { fallback: string | null; isOptional: boolean };
  readonly #sources: RegisteredModelSources;
  #found: Model | null = null;

  /**
   * @param otherwise when there is no such model: another alias to look up, and whether `load` then returns null.
   */
  constructor(
    name: RegisteredModelName,
    sources: RegisteredModelSources,
    otherwise: { fallback: string | null; isOptional: boolean } = { fallback: null, isOptional: false },
  ) {
    this.#name = name;
    this.#otherwise = otherwise;
    this.#sources = sources;
  }

  async load(): Promise<ModelArtifacts | null> {
    this.#found ??= await this.#find();
    const model = this.#found;
    if (model === null && this.#otherwise.isOptional) return null;
    if (model === null) throw new DatasetError(await this.#missing());
    if (model.state === "deleted") {
      throw new DatasetError(
        `the files of model version ${model.version} were removed. Name another version`,
      );
    }
    return readRegisteredModel(model, this.#sources);
  }

  async save(): Promise<void> {
    throw new DatasetError(
      "datasets of type registered_model are read-only: a run registers its model, and promotion moves aliases",
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
    return { type: "registered_model", version: this.#found?.version ?? null, ...this.#name };
  }

  async #find(): Promise<Model | null> {
    const { models } = this.#sources;
    if ("version" in this.#name) return models.get(this.#name.version);
    const { fallback } = this.#otherwise;
    const aliases = await models.aliases();
    const version = aliases[this.#name.alias] ?? (fallback === null ? undefined : aliases[fallback]);
    return version === undefined ? null : models.get(version);
  }

  async #missing(): Promise<string> {
    if ("version" in this.#name) return `there is no model version ${this.#name.version}`;
    if (this.#name.alias === CHAMPION) {
      return 'there is no model with the alias "champion" yet. Promote one with "tegaki model promote"';
    }
    const { alias } = this.#name;
    const known = Object.keys(await this.#sources.models.aliases());
    return `there is no model with the alias "${alias}"${didYouMean(alias, known) || "."} Set it with "tegaki model alias ${alias} VERSION"`;
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

/** Reads `alias` or `version` of an entry. @throws UsageError unless there is exactly one of them. */
export function registeredName(config: DatasetConfig): RegisteredModelName {
  const { alias, version } = config;
  if (version === undefined) return { alias: requiredText(config, "alias") };
  if (alias !== undefined) {
    throw new UsageError('type registered_model has "alias" or "version", not both. Remove one of them');
  }
  if (Number.isSafeInteger(version) && Number(version) >= 1) return { version: Number(version) };
  throw new UsageError(
    `type registered_model: "version" must be a model version, a whole number from 1; found ${JSON.stringify(version)}`,
  );
}
