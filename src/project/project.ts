import { join, resolve } from "node:path";
import { type CredentialsByName, loadCredentials } from "../config/credentials.ts";
import { type Config, loadConfig } from "../config/load.ts";
import { kedroTypeHint } from "../datasets/kedro-types.ts";
import { DATASET_TYPES } from "../datasets/options.ts";
import type { Store } from "../domain/store.ts";
import { CatalogEntries } from "../engine/catalog/catalog-entries.ts";
import { prepareDataDir } from "../storage/data-dir.ts";
import { openStore } from "../storage/open.ts";
import type { Runtime } from "./runtime.ts";

/** Where a command works, and with which configuration. */
export interface ProjectOptions {
  /** The project directory: its `conf/local` overrides, its `data` holds the store and the models. */
  dir: string;
  env?: string;
  /** The folder in place of `conf` in the project directory, from the working directory. */
  confSource?: string;
  /** As `--params a.b=1,c=[1,2]` gives it. */
  params?: string;
}

/** A project directory with its validated configuration. Nothing in it is touched yet. */
export interface Project {
  /** Absolute. */
  dir: string;
  /** Where the store and the models are: `data` in `dir`. */
  dataDir: string;
  env: string | null;
  /** The folder in place of `conf`, as it was given. */
  confSource: string | null;
  config: Config;
  /** Not part of the configuration, which may be shown. */
  credentials: CredentialsByName;
}

/** @throws ConfigError with every problem of the configuration; UsageError with those of dataset factories. */
export async function loadProject(runtime: Runtime, options: ProjectOptions): Promise<Project> {
  const dir = resolve(options.dir);
  const config = await loadConfig({
    base: await runtime.embedded.conf(),
    dir,
    env: options.env,
    confSource: options.confSource,
    params: options.params,
    environ: runtime.environ,
    datasetTypes: DATASET_TYPES,
    hintForType: kedroTypeHint,
  });
  new CatalogEntries(config.catalog);
  const credentials = await loadCredentials(dir, options.confSource);
  const { env = null, confSource = null } = options;
  return { dir, dataDir: join(dir, "data"), env, confSource, config, credentials };
}

/** Opens the project's store, making the data directory when it is missing. @throws UnavailableError. */
export async function openProjectStore(runtime: Runtime, project: Project): Promise<Store> {
  prepareDataDir(project.dataDir);
  return openStore({
    path: join(project.dataDir, "tegaki.db"),
    clock: runtime.clock,
    holdoutFraction: project.config.parameters.holdout_fraction,
  });
}

/** Whether the project has a store already: what only reads must not make one. */
export function hasStore(project: Project): Promise<boolean> {
  return Bun.file(join(project.dataDir, "tegaki.db")).exists();
}
