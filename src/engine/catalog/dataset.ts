/** Loads and saves one named value. One class a dataset type, in `src/datasets`. */
export interface Dataset<T = unknown> {
  load(): Promise<T>;
  save(value: T): Promise<void>;
  exists(): Promise<boolean>;
  describe(): Record<string, unknown>;
  /** Drops what is held in memory only; a later load finds nothing. */
  release?(): void;
  /** Held in memory only: gone after the run, so that a skipped node cannot leave it to a later one. */
  readonly isEphemeral?: boolean;
  /**
   * For run records and the cache: a hash of the content that `load` would give now, where that is cheap. It differs
   * whenever the content does. Null when nothing is there, or the content cannot be known without loading it.
   */
  fingerprint?(): Promise<string | null>;
  /** The stamps of its versions that are there whole, newest first. */
  versions?(): Promise<string[]>;
}

/** Secrets of one name, from conf/local/credentials.yml. Never printed, never in a description. */
export type Credentials = Readonly<Record<string, unknown>>;

/** What a dataset may need beside its entry. */
export interface DatasetContext {
  /** Loads this version, not the newest. */
  loadVersion?: string;
  /** Those that the entry names. */
  credentials?: Credentials;
}

/** An entry of catalog.yml after merging and validation. */
export interface DatasetConfig {
  type: string;
  filepath?: string;
  versioned?: boolean;
  /** The newest versions to keep; all when not given. */
  retain?: number;
  /** The name of a check that what is loaded and saved must pass. */
  validator?: string;
  load_args?: Record<string, unknown>;
  save_args?: Record<string, unknown>;
  credentials?: string;
  metadata?: Record<string, unknown>;
  [option: string]: unknown;
}

/** Made by composition for each `type`; gets the name for error messages. */
export type DatasetFactory = (name: string, config: DatasetConfig, context: DatasetContext) => Dataset;
