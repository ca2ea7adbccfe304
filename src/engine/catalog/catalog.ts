import { messageOf, UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import { DatasetError } from "../errors.ts";
import { hasParameter, isParameter, missingParameter, readParameter } from "../pipeline/parameters.ts";
import { CatalogEntries, type CatalogEntry } from "./catalog-entries.ts";
import type { Credentials, Dataset, DatasetConfig, DatasetFactory, LoadNotice } from "./dataset.ts";
import { MemoryDataset } from "./memory-dataset.ts";

/** Everything that a DataCatalog is built from. */
export interface CatalogOptions {
  /** The entries of catalog.yml, by the name of a dataset or of a dataset factory (`"{name}_data"`). */
  config: Readonly<Record<string, DatasetConfig>>;
  /** Creates the datasets of each `type`. */
  factories: Readonly<Record<string, DatasetFactory>>;
  /** The values that `parameters` and `params:a.b` read. */
  parameters: Readonly<Record<string, unknown>>;
  /** The version to load instead of the newest, by dataset name. */
  loadVersions?: Readonly<Record<string, string>>;
  /** By the name that `credentials` of an entry refers to. */
  credentials?: Readonly<Record<string, Credentials>>;
}

/**
 * Loads and saves values by name. A name is a dataset of catalog.yml, one that a dataset factory matches, a parameter,
 * or otherwise a value held in memory. Datasets of factories are created on first use.
 * Errors of datasets are rethrown as DatasetError, with the dataset's name in the message.
 */
export class DataCatalog {
  readonly #options: CatalogOptions;
  readonly #entries: CatalogEntries;
  readonly #declared = new Map<string, Dataset>();
  readonly #memory = new Map<string, Dataset>();
  readonly #parameters: Readonly<Record<string, unknown>>;

  /**
   * @throws UsageError naming every entry whose type is unknown or whose options its type rejects, every malformed
   *   dataset factory, and every load version of a dataset that is not versioned.
   */
  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#parameters = options.parameters;
    this.#entries = new CatalogEntries(options.config);
    this.check([...this.#entries.names(), ...Object.keys(options.loadVersions ?? {})]);
  }

  /**
   * Creates the datasets of these names, including those of dataset factories; other names are ignored.
   * @throws UsageError naming every dataset that cannot be created, and every load version that has no effect.
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

  /**
   * Checks the places of these datasets before anything is loaded or saved.
   * @throws UsageError naming every dataset whose entry does not fit what is already there.
   */
  async checkPlaces(names: readonly string[]): Promise<void> {
    const declared = [...new Set(names)].filter((name) => this.isDeclared(name));
    const found = await Promise.all(
      declared.map(async (name) => [name, await this.#dataset(name).problem?.()] as const),
    );
    const problems = found.flatMap(([name, problem]) =>
      problem === null || problem === undefined ? [] : [`Dataset "${name}": ${problem}`],
    );
    if (problems.length > 0) throw new UsageError(problems.join("\n"));
  }

  /** Returns the dataset names of catalog.yml, in its order. */
  names(): string[] {
    return this.#entries.names();
  }

  /** Whether catalog.yml has the dataset, by name or by a factory. Others are held in memory and lost after the run. */
  isDeclared(name: string): boolean {
    return this.entry(name) !== null;
  }

  /** Returns the entry that a dataset is created from; null for parameters and values held in memory only. */
  entry(name: string): CatalogEntry | null {
    return isParameter(name) ? null : this.#entries.resolve(name);
  }

  /** Returns the dataset's complete versions, newest first; none when it is not versioned. */
  async versions(name: string): Promise<string[]> {
    return isParameter(name) ? [] : ((await this.#dataset(name).versions?.()) ?? []);
  }

  /** Returns why `name` cannot be loaded before any node has run, as a message; null when loading may be tried. */
  async missing(name: string): Promise<string | null> {
    if (isParameter(name)) {
      return hasParameter(this.#parameters, name) ? null : missingParameter(this.#parameters, name);
    }
    const version = versionIn(this.#options.loadVersions, name);
    if (version !== undefined && !(await this.versions(name)).includes(version)) {
      const known = (await this.versions(name)).slice(0, 5).join(", ") || "none";
      return `Dataset "${name}" has no version "${version}". Its newest versions: ${known}`;
    }
    if (this.isDeclared(name) || (await this.#memory.get(name)?.exists())) return null;
    return `Dataset "${name}" is not in the catalog and no node outputs it${didYouMean(name, this.names())}`;
  }

  /** @throws DatasetError, also for a parameter that does not exist. */
  async load(name: string, notice?: LoadNotice): Promise<unknown> {
    if (isParameter(name)) return readParameter(this.#parameters, name);
    try {
      return await this.#dataset(name).load(notice);
    } catch (error) {
      throw new DatasetError(`Cannot load dataset "${name}": ${messageOf(error)}`, { cause: error });
    }
  }

  /** @throws DatasetError, also for a parameter. */
  async save(name: string, value: unknown): Promise<void> {
    if (isParameter(name)) throw new DatasetError(`Cannot save "${name}": parameters are read-only`);
    try {
      await this.#dataset(name).save(value);
    } catch (error) {
      throw new DatasetError(`Cannot save dataset "${name}": ${messageOf(error)}`, { cause: error });
    }
  }

  /** Whether the dataset has a saved value, or the parameter a value. */
  async exists(name: string): Promise<boolean> {
    return isParameter(name) ? hasParameter(this.#parameters, name) : this.#dataset(name).exists();
  }

  /** Whether a saved value outlives the run: the dataset is in the catalog, and not held in memory only. */
  isPersistent(name: string): boolean {
    return !isParameter(name) && this.isDeclared(name) && this.#dataset(name).isEphemeral !== true;
  }

  /**
   * Returns a hash of the content that `load` would return now; null when the dataset is empty or cannot tell.
   * @throws DatasetError when the content cannot be read.
   */
  async fingerprint(name: string): Promise<string | null> {
    if (isParameter(name)) return null;
    try {
      return (await this.#dataset(name).fingerprint?.()) ?? null;
    } catch (error) {
      throw new DatasetError(`Cannot fingerprint dataset "${name}": ${messageOf(error)}`, { cause: error });
    }
  }

  /** Drops the value held in memory for `name`. */
  release(name: string): void {
    (this.#declared.get(name) ?? this.#memory.get(name))?.release?.();
  }

  /** Returns a description of the dataset, for display and for run records. */
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
    const version = versionIn(this.#options.loadVersions, name);
    if (version === undefined) return;
    const entry = this.entry(name);
    if (entry === null) {
      throw new UsageError(
        `it is not in the catalog, so its version "${version}" cannot be loaded${didYouMean(name, this.names())}`,
      );
    }
    if (entry.config.versioned === true) return;
    throw new UsageError(
      `it is not versioned, so its version "${version}" cannot be loaded. Remove it from the load versions`,
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
    const hint = didYouMean(config.type, known) || `. Known types: ${known.join(", ")}`;
    throw new UsageError(`unknown type "${config.type}"${hint}`);
  }
  return factories[config.type]!(name, config, {
    loadVersion: versionIn(loadVersions, name),
    credentials: credentialsOf(config, credentials ?? {}),
  });
}

function versionIn(versions: CatalogOptions["loadVersions"], name: string): string | undefined {
  return versions !== undefined && Object.hasOwn(versions, name) ? versions[name] : undefined;
}

function credentialsOf(
  config: DatasetConfig,
  known: Readonly<Record<string, Credentials>>,
): Credentials | undefined {
  const name = config.credentials;
  if (name === undefined) return undefined;
  if (Object.hasOwn(known, name)) return known[name];
  throw new UsageError(
    `there are no credentials "${name}"${didYouMean(name, Object.keys(known)) || ". Add them to conf/local/credentials.yml"}`,
  );
}
