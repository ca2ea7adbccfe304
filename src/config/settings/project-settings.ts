import { join } from "node:path";
import { isOptional, SETTING_FIELDS, SETTING_KEYS, type SettingKey } from "../../domain/settings/fields.ts";
import {
  InvalidSettings,
  type SettingLock,
  type SettingProblem,
  type Settings,
  type SettingsChange,
  type SettingsRequest,
  type SettingsState,
  type SettingValue,
} from "../../domain/settings/settings.ts";
import { ConflictError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { confFolder } from "../conf-folder.ts";
import { ConfigError, type Problem } from "../errors.ts";
import { type Config, type ConfigSources, loadConfig } from "../load.ts";
import type { ServerConfig } from "../schema.ts";
import { type ChangedKeys, changedKeys } from "./changed-keys.ts";
import { editYaml } from "./edit-yaml.ts";
import { lineDiff } from "./line-diff.ts";
import { findLocks, type SettingFlags } from "./locks.ts";
import { isInYaml, notRemoved, removeFromYaml } from "./remove-from-yaml.ts";
import { readFileText, replaceFile } from "./write-file.ts";

/** The sources of a project's settings, and their user. */
export interface ProjectSettingsDeps {
  sources(): Promise<Omit<ConfigSources, "params" | "replaced">>;
  /** The flags of the command line that override settings. */
  flags: SettingFlags;
  /** The settings that the server has started with. */
  started: ServerConfig;
  /** The settings in force, as far as a change takes effect without a restart. */
  inUse(): ServerConfig;
  /** Takes the settings that were written, with the changed keys. */
  use(settings: ServerConfig, changed: readonly SettingKey[]): void;
}

const FILE = "server.yml";

/** Creates the settings of a project: `server.yml` of `conf/local`, or of the environment. */
export function createProjectSettings(deps: ProjectSettingsDeps): Settings {
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async () => stateOf(deps, await open(deps)),
    // One at a time: two changes through this server must not both find the file unchanged.
    change(request) {
      const made = last.then(() => change(deps, request));
      last = made.catch(() => {});
      return made;
    },
  };
}

/** The files as they are now. */
interface Opened {
  sources: Omit<ConfigSources, "params" | "replaced">;
  path: string;
  label: string;
  text: string;
  hash: string;
  config: Config;
  fallback: Config;
  locks: ReadonlyMap<SettingKey, SettingLock>;
}

async function open(deps: ProjectSettingsDeps): Promise<Opened> {
  const sources = await deps.sources();
  const conf = confFolder(sources.dir, sources.confSource);
  const folder = sources.env ?? "local";
  const path = join(conf.path, folder, FILE);
  const label = `${conf.label}/${folder}/${FILE}`;
  const { environ } = sources;
  const [{ text, hash }, config, fallback, locks] = await Promise.all([
    readFileText(path, label),
    loaded(sources),
    loaded({ ...sources, environ: withoutServer(environ), replaced: { [FILE]: "" } }),
    findLocks({ conf, folder, file: FILE, environ, flags: deps.flags }),
  ]);
  return { sources, path, label, text, hash, config, fallback, locks };
}

/** The environment without the variables that set settings. */
function withoutServer(environ: ConfigSources["environ"]): ConfigSources["environ"] {
  return Object.fromEntries(Object.entries(environ).filter(([name]) => !name.startsWith("TEGAKI_SERVER__")));
}

async function loaded(sources: ConfigSources): Promise<Config> {
  try {
    return await loadConfig(sources);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const says = saying("settingsBroken", { reason: error.message });
    throw new ConflictError(
      `The configuration of the project is invalid: ${error.message}. Correct it, then open the settings again`,
      { cause: error, says },
    );
  }
}

function stateOf({ inUse, started, flags }: ProjectSettingsDeps, opened: Opened): SettingsState {
  const { config, fallback, locks, label: file, hash, text } = opened;
  const current = inUse();
  return {
    ...{ file, hash },
    settings: SETTING_KEYS.map((key) => ({
      key,
      value: flags[key]?.value ?? settingIn(config.server, key),
      inUse: flags[key]?.value ?? settingIn(SETTING_FIELDS[key].effect === "now" ? current : started, key),
      fallback: settingIn(fallback.server, key),
      isSet: isInYaml(text, key.split(".")),
      lock: locks.get(key) ?? null,
    })),
  };
}

async function change(deps: ProjectSettingsDeps, request: SettingsRequest): Promise<SettingsChange> {
  const opened = await open(deps);
  const { path, label, text, hash, sources, config } = opened;
  if (request.hash !== hash) throw changedMeanwhile(label);
  const before = stateOf(deps, opened);
  const { edited, reset, changed } = changedKeys(request, before);
  if (changed.length === 0) return { changed, reset, diff: [], state: before };
  refuseLocked(opened, changed);

  const edits = edited.map((key) => ({ path: key.split("."), value: written(request.values[key]!) }));
  const after = reset.reduce((rest, key) => removeFromYaml(rest, key.split(".")), editYaml(text, edits));
  const next = await checked({ ...sources, replaced: { [FILE]: after } }, changed);
  refuseOtherChanges(label, config.server, next.server, changed);
  refuseMisread(opened, next.server, request, { edited, reset });
  const diff = lineDiff(text, after);
  if (request.isDryRun) return { changed, reset, diff, state: before };

  await replaceFile(path, label, after, async () => {
    if ((await readFileText(path, label)).hash !== hash) throw changedMeanwhile(label);
  });
  deps.use(next.server, changed);
  return { changed, reset, diff, state: stateOf(deps, await open(deps)) };
}

/** Whether the written file is read as it was meant, whatever else there is in it. */
function refuseMisread(
  { label, fallback }: Opened,
  next: ServerConfig,
  { values }: SettingsRequest,
  { edited, reset }: Pick<ChangedKeys, "edited" | "reset">,
): void {
  const unset = edited.find((key) => settingIn(next, key) !== values[key]);
  if (unset !== undefined)
    throw new ConflictError(`${unset} cannot be set in ${label}. Edit the file by hand`);
  const kept = reset.find((key) => settingIn(next, key) !== settingIn(fallback.server, key));
  if (kept !== undefined) throw notRemoved(kept);
}

/** The value as the file has it: what looks like an interpolation is text. */
function written(value: SettingValue): SettingValue {
  return typeof value === "string" ? value.replaceAll("${", "\\${") : value;
}

function refuseLocked({ locks }: Opened, changed: readonly SettingKey[]): void {
  const problems = changed.flatMap((key): SettingProblem[] => {
    const lock = locks.get(key);
    if (lock === undefined) return [];
    const says = saying("settingLocked", { name: lock.name });
    return [{ key, message: `is set by ${lock.name}. Change it there`, says }];
  });
  if (problems.length > 0) throw new InvalidSettings(problems);
}

/** Loads the configuration with the change. @throws InvalidSettings with the reasons of the fields. */
async function checked(sources: ConfigSources, changed: readonly SettingKey[]): Promise<Config> {
  try {
    return await loadConfig(sources);
  } catch (error) {
    if (error instanceof ConfigError) {
      throw new InvalidSettings(error.problems.map((problem) => problemOf(problem, changed)));
    }
    throw error;
  }
}

function problemOf({ at, message, says }: Problem, changed: readonly SettingKey[]): SettingProblem {
  const key = changed.find((one) => one === at?.path) ?? null;
  return key === null ? { key, message, says } : { key, message: at!.message, says: at!.says };
}

/** An anchor in the file may make one value change with another. */
function refuseOtherChanges(
  label: string,
  before: ServerConfig,
  after: ServerConfig,
  changed: readonly SettingKey[],
): void {
  const other = SETTING_KEYS.find(
    (key) => !changed.includes(key) && settingIn(before, key) !== settingIn(after, key),
  );
  if (other === undefined) return;
  throw new ConflictError(
    `${label} uses one value for several keys: the change would also change ${other}. Edit the file by hand`,
  );
}

function changedMeanwhile(label: string): ConflictError {
  return new ConflictError(
    `${label} was changed by someone else while you were editing. Nothing was written. Load the settings again and repeat the change`,
    { says: saying("settingsChanged", { file: label }) },
  );
}

/** The value at a key's path; null for an optional setting that is off. */
function settingIn(server: ServerConfig, key: SettingKey): SettingValue {
  let at: unknown = server;
  for (const name of key.split(".")) at = (at as Record<string, unknown>)[name];
  if (at === null && !isOptional(SETTING_FIELDS[key])) throw new TypeError(`${key} has no value`);
  return at as SettingValue;
}
