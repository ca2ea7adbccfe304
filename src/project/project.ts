import { join, resolve } from "node:path";
import { finishSwap } from "../backup/swap.ts";
import { type CredentialsByName, loadCredentials } from "../config/credentials.ts";
import { type Config, type ConfigSources, loadConfig } from "../config/load.ts";
import { kedroAlias } from "../datasets/kedro-types.ts";
import { DATASET_TYPES } from "../datasets/options.ts";
import type { Store } from "../domain/store.ts";
import { CatalogEntries } from "../engine/catalog/catalog-entries.ts";
import { prepareDataDir } from "../storage/data-dir.ts";
import { openStore } from "../storage/open.ts";
import { openStoreThread } from "../storage/thread/store-thread.ts";
import { backUpBeforeMigration } from "./back-up-before.ts";
import { forgetAgain } from "./forgetting/forgetter.ts";
import { renderAgain } from "./render-again.ts";
import type { Runtime } from "./runtime.ts";

/** The directory and the configuration that a command uses. */
export interface ProjectOptions {
  /** The project directory: its `conf` overrides the defaults, its `data` has the store and the models. */
  dir: string;
  /** The environment to use instead of `local`: the folder `conf/<env>`. */
  env?: string;
  /** The folder to read instead of the project's `conf`, relative to the working directory. */
  confSource?: string;
  /** The value of `--params`, such as `a.b=1,c=[1,2]`. */
  params?: string;
}

/** A project directory with its validated configuration. */
export interface Project {
  /** Absolute. */
  dir: string;
  /** The directory of the store and the models: `data` in `dir`. */
  dataDir: string;
  /** The environment used instead of `local`, or null. */
  env: string | null;
  /** The folder used instead of `conf`, as passed in, or null. */
  confSource: string | null;
  config: Config;
  /** Separate from the configuration, because that may be displayed. */
  credentials: CredentialsByName;
}

/**
 * Loads a project's configuration and credentials. A restore that was killed between its renames is finished first.
 * @param warn gets each warning of the configuration; by default it is printed to standard error.
 * @throws ConfigError with every problem of the configuration; UsageError with those of dataset factories.
 */
export async function loadProject(
  runtime: Runtime,
  options: ProjectOptions,
  warn: (warning: string) => void = (warning) => runtime.note(`Warning: ${warning}`),
): Promise<Project> {
  const dir = resolve(options.dir);
  await finishSwap(dir);
  const config = await loadConfig({ ...(await configSources(runtime, options)), params: options.params });
  new CatalogEntries(config.catalog);
  const credentials = await loadCredentials(dir, runtime.environ, options.confSource);
  for (const warning of config.warnings) warn(warning);
  const { env = null, confSource = null } = options;
  return { dir, dataDir: join(dir, "data"), env, confSource, config, credentials };
}

/** Returns what the configuration is read from, without `--params`. */
export async function configSources(
  runtime: Pick<Runtime, "embedded" | "environ">,
  { dir, env, confSource }: ProjectOptions,
): Promise<Omit<ConfigSources, "params">> {
  return {
    base: await runtime.embedded.conf(),
    baseTrees: await runtime.embedded.confTrees(),
    dir: resolve(dir),
    env,
    confSource,
    environ: runtime.environ,
    datasetTypes: DATASET_TYPES,
    aliasOf: kedroAlias,
  };
}

/** Returns the options that load the project again, without `--params`. */
export function projectOptions({ dir, env, confSource }: Project): ProjectOptions {
  return { dir, env: env ?? undefined, confSource: confSource ?? undefined };
}

/**
 * Opens the project's store, creating the data directory if it is missing. A store of an older release is backed up and
 * updated. Forgotten drawings of an older copy are removed
 * again, and drawings that an older release has rendered are rendered again, before anything else reads them.
 * @throws UnavailableError.
 */
export async function openProjectStore(runtime: Runtime, project: Project): Promise<Store> {
  prepareDataDir(project.dataDir);
  await backUpBeforeMigration(runtime, project);
  return upToDate(await openStore({ ...storeOptions(project), clock: runtime.clock }), runtime, project);
}

/** As `openProjectStore`, on a separate thread: for a server, which must never wait. */
export async function openServerStore(runtime: Runtime, project: Project): Promise<Store> {
  prepareDataDir(project.dataDir);
  await backUpBeforeMigration(runtime, project);
  return upToDate(await openAnotherStore(runtime, project), runtime, project);
}

/** Opens the store of a project, which is open already, on one more thread: for work that takes seconds. */
export function openAnotherStore(
  { clock, storeWorkerUrl: workerUrl }: Runtime,
  project: Project,
): Promise<Store> {
  return openStoreThread({ ...storeOptions(project), clock, workerUrl });
}

/** Forgets again what was forgotten, renders outdated drawings again, and closes the store when that fails. */
async function upToDate(store: Store, runtime: Runtime, project: Project): Promise<Store> {
  try {
    const forgotten = await forgetAgain(project, store);
    if (forgotten > 0) {
      runtime.note(
        `${forgotten} stored drawings were removed, because they had been forgotten at their writers' request`,
      );
    }
    const count = (await renderAgain(store.samples)) + (await renderAgain(store.queue));
    if (count > 0) {
      runtime.note(`${count} stored drawings were rendered again, as this version of tegaki renders them`);
    }
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function storeOptions({ dataDir, config }: Project) {
  return { path: join(dataDir, "tegaki.db"), holdoutFraction: config.parameters.holdout_fraction };
}

/** Whether the project already has a store. Commands that only read must not create one. */
export function hasStore(project: Project): Promise<boolean> {
  return Bun.file(join(project.dataDir, "tegaki.db")).exists();
}
