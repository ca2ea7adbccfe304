import type { DataCatalog } from "../catalog/catalog.ts";
import { datasetOf } from "../pipeline/transcoding.ts";
import type { Hooks } from "./hooks.ts";

/**
 * Content hashes of the datasets that outlive the run, each computed once, and again after a save. A hash is taken
 * before the dataset is loaded: if the content changes in between, the hash is the old one, and a later run notices.
 */
export class Fingerprints {
  /** By dataset, then by name: all forms of a dataset are in the same place. */
  readonly #known = new Map<string, Map<string, Promise<string | null>>>();
  /** Discards the hash of a dataset once it is saved. Must be registered before hooks that call `of`. */
  readonly hooks: Hooks = {
    before_dataset_loaded: async ({ dataset }) => void (await this.of(dataset)),
    after_dataset_saved: ({ dataset }) => void this.#known.delete(datasetOf(dataset)),
  };
  readonly #catalog: DataCatalog;

  constructor(catalog: DataCatalog) {
    this.#catalog = catalog;
  }

  /** Returns the dataset's content hash; null when it is held in memory only or cannot be hashed without loading. */
  of(name: string): Promise<string | null> {
    const dataset = datasetOf(name);
    const forms = this.#known.get(dataset) ?? new Map<string, Promise<string | null>>();
    this.#known.set(dataset, forms);
    const known = forms.get(name);
    if (known !== undefined) return known;
    const found = this.#catalog.isPersistent(name) ? this.#catalog.fingerprint(name) : Promise.resolve(null);
    forms.set(name, found);
    return found;
  }
}
