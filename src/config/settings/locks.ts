import { join } from "node:path";
import { SETTING_KEYS, type SettingKey } from "../../domain/settings/fields.ts";
import type { SettingLock, SettingValue } from "../../domain/settings/settings.ts";
import type { ConfFolder } from "../conf-folder.ts";
import { readEnvironment } from "../environment.ts";
import type { Problem } from "../errors.ts";
import { readFolder, readLayer } from "../layers.ts";
import { type Mapping, valueAt } from "../tree.ts";

/** Where settings may be set besides the file that the page writes. */
export interface LockSources {
  conf: ConfFolder;
  /** The folder of the environment: `local` by default. */
  folder: string;
  /** The name of the file that the page writes. */
  file: string;
  environ: Readonly<Record<string, string | undefined>>;
  /** The flags of the command line that override settings. */
  flags: SettingFlags;
}

/** Flags of the command line that override settings, with their names and values. */
export type SettingFlags = Readonly<Partial<Record<SettingKey, { flag: string; value: SettingValue }>>>;

const INTERPOLATION = /(?<!\\)\$\{/;

/** Finds the settings that something overrides which the page does not write. */
export async function findLocks(sources: LockSources): Promise<ReadonlyMap<SettingKey, SettingLock>> {
  const { conf, folder, file, environ, flags } = sources;
  // What is wrong with the files is reported when they are loaded.
  const problems: Problem[] = [];
  const label = (name: string) => `${conf.label}/${folder}/${name}`;
  const isServer = (name: string) => /^server(?:_[\w-]+)?\.(?:ya?ml|json)$/.test(name);
  const texts = await readFolder(join(conf.path, folder), label, problems, isServer);
  const { server } = readLayer(texts ?? {}, label, problems, []);
  const variables = readEnvironment(environ, problems).server;

  const lockOf = (key: SettingKey): SettingLock | null => {
    const path = key.split(".");
    const flag = flags[key]?.flag;
    if (flag !== undefined) return { by: "flag", name: flag };
    const variable = variables.find((one) => sets(one.path, one.value, path));
    if (variable !== undefined) return { by: "variable", name: variable.value.origin.source };
    const source = server.entries.get(path[0]!)?.origin.source;
    if (source !== undefined && source !== label(file)) return { by: "file", name: source };
    const interpolation = interpolationAt(server, path);
    return interpolation === null ? null : { by: "interpolation", name: interpolation };
  };
  return new Map(
    SETTING_KEYS.flatMap((key) => {
      const lock = lockOf(key);
      return lock === null ? [] : [[key, lock] as const];
    }),
  );
}

/** Whether an assignment of `value` to `at` sets the value at `path`. */
function sets(at: readonly string[], value: Parameters<typeof valueAt>[0], path: readonly string[]): boolean {
  const isWithin = at.every((key, index) => key === path[index]);
  if (!isWithin || at.length > path.length) return false;
  return valueAt(value, path.slice(at.length)) !== undefined;
}

/** The interpolation that the value, or the mapping around it, is made of. */
function interpolationAt(server: Mapping, path: readonly string[]): string | null {
  for (let length = 1; length <= path.length; length++) {
    const at = valueAt(server, path.slice(0, length));
    if (at?.kind === "scalar" && typeof at.value === "string" && INTERPOLATION.test(at.value))
      return at.value;
  }
  return null;
}
