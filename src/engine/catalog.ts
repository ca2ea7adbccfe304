import { messageOf, UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import { DatasetError } from "./errors.ts";
import { MemoryDataset } from "./memory-dataset.ts";
import { hasParameter, isParameter, missingParameter, readParameter } from "./parameters.ts";
import type { Dataset, DatasetConfig, DatasetFactory } from "./types.ts";

export interface CatalogOptions {
  /** The entries of catalog.yml by dataset name. */
  config: Readonly<Record<string, DatasetConfig>>;
  /** How to make each `type`. */
  factories: Readonly<Record<string, DatasetFactory>>;
  /** What `parameters` and `params:a.b` read. */
  parameters: Readonly<Record<string, unknown>>;
}

/**
 * Loads and saves by name. A name is a dataset of catalog.yml, a parameter, or else a value held in memory.
 * Errors of datasets come out as DatasetError with the dataset's name in front.
 */
export class DataCatalog {
  readonly #declared = new Map<string, Dataset>();
  readonly #memory = new Map<string, Dataset>();
  readonly #parameters: Readonly<Record<string, unknown>>;

  /** @throws UsageError naming every entry whose type is unknown or whose options its type refuses. */
  constructor(options: CatalogOptions) {
    this.#parameters = options.parameters;
    const problems: string[] = [];
    for (const [name, config] of Object.entries(options.config)) {
      try {
        this.#declared.set(name, makeDataset(name, config, options.factories));
      } catch (error) {
        problems.push(`Dataset "${name}": ${messageOf(error)}`);
      }
    }
    if (problems.length > 0) throw new UsageError(problems.join("\n"));
  }

  /** Names of catalog.yml, in its order. */
  names(): string[] {
    return [...this.#declared.keys()];
  }

  /** Whether catalog.yml names it. What it does not name is held in memory and gone after the run. */
  isDeclared(name: string): boolean {
    return this.#declared.has(name);
  }

  /** Why `name` cannot be loaded before any node has run, in words; null when it can be tried. */
  async missing(name: string): Promise<string | null> {
    if (isParameter(name)) {
      return hasParameter(this.#parameters, name) ? null : missingParameter(this.#parameters, name);
    }
    if (this.#declared.has(name) || (await this.#memory.get(name)?.exists())) return null;
    return `Dataset "${name}" is not in the catalog and no node makes it${didYouMean(name, this.names())}`;
  }

  /** @throws DatasetError, also for a parameter that does not exist. */
  async load(name: string): Promise<unknown> {
    if (isParameter(name)) return readParameter(this.#parameters, name);
    try {
      return await this.#dataset(name).load();
    } catch (error) {
      throw new DatasetError(`Cannot load dataset "${name}": ${messageOf(error)}`, { cause: error });
    }
  }

  /** @throws DatasetError, also for a parameter. */
  async save(name: string, value: unknown): Promise<void> {
    if (isParameter(name)) throw new DatasetError(`Cannot save "${name}": parameters are only read`);
    try {
      await this.#dataset(name).save(value);
    } catch (error) {
      throw new DatasetError(`Cannot save dataset "${name}": ${messageOf(error)}`, { cause: error });
    }
  }

  async exists(name: string): Promise<boolean> {
    return isParameter(name) ? hasParameter(this.#parameters, name) : this.#dataset(name).exists();
  }

  /** Whether what is saved to it is still there after the run: declared, and not held in memory only. */
  isPersistent(name: string): boolean {
    return !isParameter(name) && this.isDeclared(name) && this.#dataset(name).isEphemeral !== true;
  }

  /** A hash of the dataset's content as it would be loaded now; null when that is not known, or nothing is there. */
  async fingerprint(name: string): Promise<string | null> {
    if (isParameter(name)) return null;
    try {
      return (await this.#dataset(name).fingerprint?.()) ?? null;
    } catch (error) {
      throw new DatasetError(`Cannot fingerprint dataset "${name}": ${messageOf(error)}`, { cause: error });
    }
  }

  /** Drops what is held in memory for `name`. */
  release(name: string): void {
    (this.#declared.get(name) ?? this.#memory.get(name))?.release?.();
  }

  /** What is known of a dataset, for people and run records. */
  describe(name: string): Record<string, unknown> {
    return isParameter(name) ? { type: "parameter" } : this.#dataset(name).describe();
  }

  #dataset(name: string): Dataset {
    const found = this.#declared.get(name) ?? this.#memory.get(name);
    if (found !== undefined) return found;
    const made = new MemoryDataset();
    this.#memory.set(name, made);
    return made;
  }
}

function makeDataset(
  name: string,
  config: DatasetConfig,
  factories: Readonly<Record<string, DatasetFactory>>,
): Dataset {
  const known = Object.keys(factories);
  if (!Object.hasOwn(factories, config.type)) {
    const hint = didYouMean(config.type, known) || `. Known are: ${known.join(", ")}`;
    throw new UsageError(`unknown type "${config.type}"${hint}`);
  }
  return factories[config.type]!(name, config);
}
