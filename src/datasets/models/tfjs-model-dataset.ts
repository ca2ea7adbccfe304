import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { Dataset } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import type { Location } from "../files/versions.ts";
import { refuseSavedModel, refuseToReplace } from "./foreign-model.ts";
import { hashModel, readModelFiles, writeModelFiles } from "./model-files.ts";

/** A model in a directory with model.json and weights.bin, in the format of `tf.loadLayersModel`. */
export class TfjsModelDataset implements Dataset<ModelArtifacts> {
  readonly #location: Location;
  readonly #description: Readonly<Record<string, unknown>>;

  constructor(location: Location, description: Readonly<Record<string, unknown>>) {
    this.#location = location;
    this.#description = description;
  }

  async load(): Promise<ModelArtifacts> {
    const directory = await this.#location.toLoad();
    await refuseSavedModel(directory);
    return readModelFiles(directory);
  }

  async save(model: ModelArtifacts): Promise<void> {
    const directory = await this.#location.toSave();
    await refuseToReplace(directory);
    try {
      await writeModelFiles(directory, model);
    } catch (error) {
      throw new DatasetError(`${directory}: ${messageOf(error)}`, { cause: error });
    }
    await this.#location.saved();
  }

  exists(): Promise<boolean> {
    return this.#location.exists();
  }

  versions(): Promise<string[]> {
    return this.#location.versions();
  }

  async problem(): Promise<string | null> {
    return (await this.#location.problem?.()) ?? null;
  }

  /** Returns the same hash as a registered model's `sha256`. */
  async fingerprint(): Promise<string | null> {
    return (await this.exists()) ? hashModel(await this.#location.toLoad()) : null;
  }

  describe(): Record<string, unknown> {
    const version = this.#location.current();
    return version === null ? { ...this.#description } : { ...this.#description, version };
  }
}
