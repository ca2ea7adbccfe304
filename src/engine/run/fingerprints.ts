import type { DataCatalog } from "../catalog/catalog.ts";
import { datasetOf } from "../pipeline/transcoding.ts";
import type { Hooks } from "./hooks.ts";

/**
 * Content hashes of what outlives the run, each asked for once and again after it was saved. Taken before a dataset
 * is loaded: when its content changes in between, the hash is the old one, and a later run sees the difference.
 */
export class Fingerprints {
  readonly #known = new Map<string, Promise<string | null>>();
  /** Forgets what a node has saved. To be registered before hooks that ask for fingerprints. */
  readonly hooks: Hooks = {
    before_dataset_loaded: async ({ dataset }) => void (await this.of(dataset)),
    after_dataset_saved: ({ dataset }) => this.#forget(datasetOf(dataset)),
  };

  constructor(private readonly catalog: DataCatalog) {}

  /** All forms of it: they lie in the same place. */
  #forget(dataset: string): void {
    for (const name of this.#known.keys()) if (datasetOf(name) === dataset) this.#known.delete(name);
  }

  /** Null for what is held in memory only, and for what cannot be hashed without loading it. */
  of(dataset: string): Promise<string | null> {
    const known = this.#known.get(dataset);
    if (known !== undefined) return known;
    const found = this.catalog.isPersistent(dataset)
      ? this.catalog.fingerprint(dataset)
      : Promise.resolve(null);
    this.#known.set(dataset, found);
    return found;
  }
}
