import type { DataCatalog } from "../catalog/catalog.ts";
import { datasetOf } from "../pipeline/transcoding.ts";
import type { Hooks } from "./hooks.ts";

/**
 * Content hashes of the datasets that outlive the run, each computed once, and again after a save. A hash is taken
 * before the dataset is loaded: if the content changes in between, the hash is the old one, and a later run notices.
 */
export class Fingerprints {
  readonly #known = new Map<string, Promise<string | null>>();
  /** Discards the hash of a dataset once it is saved. Must be registered before hooks that call `of`. */
  readonly hooks: Hooks = {
    before_dataset_loaded: async ({ dataset }) => void (await this.of(dataset)),
    after_dataset_saved: ({ dataset }) => this.#forget(datasetOf(dataset)),
  };
  readonly #catalog: DataCatalog;

  constructor(catalog: DataCatalog) {
    this.#catalog = catalog;
  }

  /** Forgets all forms of the dataset, because they are in the same place. */
  #forget(dataset: string): void {
    for (const name of this.#known.keys()) if (datasetOf(name) === dataset) this.#known.delete(name);
  }

  /** Returns the dataset's content hash; null when it is held in memory only or cannot be hashed without loading. */
  of(dataset: string): Promise<string | null> {
    const known = this.#known.get(dataset);
    if (known !== undefined) return known;
    const found = this.#catalog.isPersistent(dataset)
      ? this.#catalog.fingerprint(dataset)
      : Promise.resolve(null);
    this.#known.set(dataset, found);
    return found;
  }
}
