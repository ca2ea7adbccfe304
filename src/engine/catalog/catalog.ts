import { messageOf, UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import { DatasetError } from "../errors.ts";
import { hasParameter, isParameter, missingParameter, readParameter } from "../pipeline/parameters.ts";
import { CatalogEntries, type CatalogEntry } from "./catalog-entries.ts";
import type { Credentials, Dataset, DatasetConfig, DatasetFactory } from "./dataset.ts";
import { MemoryDataset } from "./memory-dataset.ts";

export interface CatalogOptions {
  /** The entries of catalog.yml, by the name of a dataset or of a dataset factory (`"{name}_data"`). */
  config: Readonly<Record<string, DatasetConfig>>;
  /** How to make each `type`. */
  factories: Readonly<Record<string, DatasetFactory>>;
  /** What `parameters` and `params:a.b` read. */
  parameters: Readonly<Record<string, unknown>>;
  /** The version to load in place of the newest, by dataset name. */
  loadVersions?: Readonly<Record<string, string>>;
  /** What `credentials` of an entry may name. */
  credentials?: Readonly<Record<string, Credentials>>;
}

/**
 * Loads and saves by name. A name is a dataset of catalog.yml, one that a dataset factory of it takes, a parameter, or
 * else a value held in memory. Datasets of factories are made when they are first asked for.
 * Errors of datasets come out as DatasetError with the dataset's name in front.
 */
export class DataCatalog {
  readonly #options: CatalogOptions;
  readonly #entries: CatalogEntries;
  readonly #declared = new Map<string, Dataset>();
  readonly #memory = new Map<string, Dataset>();
  readonly #parameters: Readonly<Record<string, unknown>>;

  /**
   * @throws UsageError naming every entry whose type is unknown or whose options its type refuses, every malformed
   *   dataset factory, and every load version of what has no versions.
   */
  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#parameters = options.parameters;
    this.#entries = new CatalogEntries(options.config);
    this.check([...this.#entries.names(), ...Object.keys(options.loadVersions ?? {})]);
  }

  /**
   * Makes the datasets of these names, those of dataset factories included; other names are passed over.
   * @throws UsageError naming every one that cannot be made, and a load version that means nothing.
   */
  check(names: readonly string[]): void {
    const problems: string[] = [];
    for (const name of new Set(names)) {
      try {
        this.#checkLoadVersion(name);
        if (!isParameter(name)) this.#declaredDataset(name);
      } catch (error) {
        problems.push(`Dataset "${name}": ${messageOf(error)}`);
      }
    }
    if (problems.length > 0) throw new UsageError(problems.join("\n"));
  }

  /** Names of catalog.yml, in its order. */
  names(): string[] {
    return this.#entries.names();
  }

  /** Whether catalog.yml has it, by name or by a dataset factory. All else is held in memory and gone after the run. */
  isDeclared(name: string): boolean {
    return this.entry(name) !== null;
  }

  /** The entry of catalog.yml that the dataset is made from; null for parameters and what is held in memory. */
  entry(name: string): CatalogEntry | null {
    return isParameter(name) ? null : this.#entries.resolve(name);
  }

  /** Its versions that are there whole, newest first; none when it is not versioned. */
  async versions(name: string): Promise<string[]> {
    return isParameter(name) ? [] : ((await this.#dataset(name).versions?.()) ?? []);
  }

  /** Why `name` cannot be loaded before any node has run, in words; null when it can be tried. */
  async missing(name: string): Promise<string | null> {
    if (isParameter(name)) {
      return hasParameter(this.#parameters, name) ? null : missingParameter(this.#parameters, name);
    }
    const version = this.#options.loadVersions?.[name];
    if (version !== undefined && !(await this.versions(name)).includes(version)) {
      const known = (await this.versions(name)).slice(0, 5).join(", ") || "none";
      return `Dataset "${name}" has no version "${version}". There are: ${known}`;
    }
    if (this.isDeclared(name) || (await this.#memory.get(name)?.exists())) return null;
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
    const found = this.#declaredDataset(name) ?? this.#memory.get(name);
    if (found !== undefined) return found;
    const made = new MemoryDataset();
    this.#memory.set(name, made);
    return made;
  }

  #declaredDataset(name: string): Dataset | undefined {
    const known = this.#declared.get(name);
    if (known !== undefined) return known;
    const entry = this.entry(name);
    if (entry === null) return undefined;
    const made = makeDataset(name, entry.config, this.#options);
    this.#declared.set(name, made);
    return made;
  }

  #checkLoadVersion(name: string): void {
    const version = this.#options.loadVersions?.[name];
    if (version === undefined) return;
    const entry = this.entry(name);
    if (entry === null) {
      throw new UsageError(
        `is not in the catalog, so version "${version}" of it cannot be loaded${didYouMean(name, this.names())}`,
      );
    }
    if (entry.config.versioned === true) return;
    throw new UsageError(
      `is not versioned, so version "${version}" of it cannot be loaded. Leave it out of the load versions`,
    );
  }
}

function makeDataset(
  name: string,
  config: DatasetConfig,
  { factories, loadVersions, credentials }: CatalogOptions,
): Dataset {
  const known = Object.keys(factories);
  if (!Object.hasOwn(factories, config.type)) {
    const hint = didYouMean(config.type, known) || `. Known are: ${known.join(", ")}`;
    throw new UsageError(`unknown type "${config.type}"${hint}`);
  }
  return factories[config.type]!(name, config, {
    loadVersion: loadVersions?.[name],
    credentials: credentialsOf(config, credentials ?? {}),
  });
}

function credentialsOf(
  config: DatasetConfig,
  known: Readonly<Record<string, Credentials>>,
): Credentials | undefined {
  const name = config.credentials;
  if (name === undefined) return undefined;
  if (Object.hasOwn(known, name)) return known[name];
  throw new UsageError(
    `there are no credentials "${name}"${didYouMean(name, Object.keys(known)) || ". Put them in conf/local/credentials.yml"}`,
  );
}
