/** Receives one sentence on something that was changed in loading a value, such as its range. */
export type LoadNotice = (message: string) => void;

/** Loads and saves one named value. `src/datasets` has one class per dataset type. */
export interface Dataset<T = unknown> {
  load(notice?: LoadNotice): Promise<T>;
  save(value: T): Promise<void>;
  exists(): Promise<boolean>;
  describe(): Record<string, unknown>;
  /** Drops a value that is held in memory only; a later load fails. */
  release?(): void;
  /** Whether the value is held in memory only: it is lost after the run, so a skipped node cannot provide it. */
  readonly isEphemeral?: boolean;
  /**
   * Returns a hash of the content that `load` would return now, for run records and the cache, where that is cheap.
   * It changes whenever the content does. Null when nothing is saved, or when hashing would require loading.
   */
  fingerprint?(): Promise<string | null>;
  /** Returns the timestamps of the complete versions, newest first. */
  versions?(): Promise<string[]>;
  /**
   * Returns why the entry does not fit what is already in its place, in one sentence; null when it does. Only for places
   * on this machine: nothing is contacted.
   */
  problem?(): Promise<string | null>;
}

/** The secrets under one name of conf/local/credentials.yml. Never printed, never part of a description. */
export type Credentials = Readonly<Record<string, unknown>>;

/** Values that a dataset may need in addition to its entry. */
export interface DatasetContext {
  /** The version to load instead of the newest. */
  loadVersion?: string;
  /** The credentials that the entry names. */
  credentials?: Credentials;
}

/** An entry of catalog.yml after merging and validation. */
export interface DatasetConfig {
  type: string;
  filepath?: string;
  versioned?: boolean;
  /** Number of newest versions to keep; all by default. */
  retain?: number;
  /** The name of a check that every loaded and saved value must pass. */
  validator?: string;
  load_args?: Record<string, unknown>;
  save_args?: Record<string, unknown>;
  credentials?: string;
  metadata?: Record<string, unknown>;
  [option: string]: unknown;
}

/** Creates the datasets of one `type`; `name` is for error messages. */
export type DatasetFactory = (name: string, config: DatasetConfig, context: DatasetContext) => Dataset;
