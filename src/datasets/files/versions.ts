import { basename, sep } from "node:path";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { type FileStore, localFiles } from "./file-store.ts";

/** Formats a date as a version in Kedro's form: `2026-11-23T14.42.31.000Z`. Versions sort by time. */
export function formatVersion(date: Date): string {
  return date.toISOString().replaceAll(":", ".");
}

/** The location of a dataset's data: a fixed path, or one directory per version. */
export interface Location {
  /** The store that its paths belong to. */
  readonly files: FileStore;
  /** Returns the path to load. @throws DatasetError when no version, or not the requested one, has been saved. */
  toLoad(): Promise<string>;
  /** Returns the path to save to. @throws DatasetError when this version already exists. */
  toSave(): Promise<string>;
  /** Must be called once the data is saved: removes versions that need not be retained. */
  saved(): Promise<void>;
  exists(): Promise<boolean>;
  /** Returns the complete versions, newest first; none for a fixed path. */
  versions(): Promise<string[]>;
  /** Returns the version that was loaded or saved last; null before, and for a fixed path. */
  current(): string | null;
  /** Returns why what is there is not what the entry says, in one sentence; null when it is. */
  problem?(): Promise<string | null>;
}

/**
 * Returns a location with the same path for loading and saving.
 * @param marker a file without which the data, a directory, does not exist.
 */
export function fixedLocation(path: string, files = localFiles, marker?: string): Location {
  return {
    files,
    toLoad: async () => path,
    toSave: async () => path,
    saved: async () => {},
    exists: () => files.exists(marker === undefined ? path : files.join(path, marker)),
    versions: async () => [],
    current: () => null,
  };
}

/** Data that must not be removed. */
export interface PointedTo {
  /** Absolute paths: the versions that are, or contain, one of them are kept. */
  paths: Iterable<string>;
  /** Versions to keep. */
  stamps: Iterable<string>;
}

/** Options of a versioned location. */
export interface VersionOptions {
  /** This machine's files by default. */
  files?: FileStore;
  /** The file within a version's directory; null when the directory itself is the data. */
  file: string | null;
  /** When `file` is null: a file without which the directory is not complete. */
  marker?: string;
  /** The version to load instead of the newest. */
  loadVersion?: string;
  /** Number of newest versions to keep; all by default. */
  retain?: number;
  /** Returns the data that is still in use and thus kept. Only called when there is something to remove. */
  pointedTo?: () => Promise<PointedTo>;
}

/**
 * Returns a location in Kedro's layout: `<path>/<version>/<file>`. It loads the requested version, otherwise the one
 * that this run saved, otherwise the newest. A version without its data, which a crash left incomplete, is ignored.
 *
 * @param path    the absolute path that catalog.yml names.
 * @param version the version under which this run saves.
 */
export function versionedLocation(path: string, version: string, options: VersionOptions): Location {
  const { files = localFiles, file, marker = file ?? "", loadVersion, retain, pointedTo } = options;
  let isSaved = false;
  let current: string | null = null;
  const dataOf = (stamp: string) => (file === null ? files.join(path, stamp) : files.join(path, stamp, file));
  const isWhole = (stamp: string) => files.exists(files.join(path, stamp, marker));

  async function versions(): Promise<string[]> {
    const stamps = (await namesIn(files, path))
      .filter((entry) => !entry.startsWith("."))
      .toSorted()
      .reverse();
    const whole = await Promise.all(stamps.map(isWhole));
    return stamps.filter((_, i) => whole[i]);
  }

  async function toLoad(): Promise<string | null> {
    if (loadVersion === undefined) return isSaved ? version : ((await versions())[0] ?? null);
    return (await versions()).includes(loadVersion) ? loadVersion : null;
  }

  async function missingVersion(): Promise<DatasetError> {
    if (loadVersion === undefined) {
      const name = basename(path);
      return new DatasetError(`${path} has no version yet. Run the pipeline that writes ${name} first`);
    }
    const known = (await versions()).slice(0, 5).join(", ") || "none";
    return new DatasetError(`${path} has no version "${loadVersion}". Its newest versions: ${known}`);
  }

  return {
    files,
    versions,
    current: () => current,
    exists: async () => (await toLoad()) !== null,
    async toLoad() {
      const stamp = await toLoad();
      if (stamp === null) throw await missingVersion();
      current = stamp;
      return dataOf(stamp);
    },
    async toSave() {
      if (await isWhole(version)) {
        throw new DatasetError(`${dataOf(version)} already exists; a version is never overwritten`);
      }
      return dataOf(version);
    },
    async saved() {
      isSaved = true;
      current = version;
      if (retain === undefined) return;
      const kept = new Set([version, loadVersion]);
      const old = (await versions()).slice(retain).filter((stamp) => !kept.has(stamp));
      if (old.length > 0) await removeUnprotected(files, path, old, await pointedTo?.());
    },
  };
}

async function removeUnprotected(
  files: FileStore,
  path: string,
  stamps: string[],
  pointedTo?: PointedTo,
): Promise<void> {
  const paths = [...(pointedTo?.paths ?? [])];
  const kept = new Set(pointedTo?.stamps);
  for (const stamp of stamps) {
    if (kept.has(stamp)) continue;
    const directory = files.join(path, stamp);
    if (paths.some((found) => found === directory || found.startsWith(directory + sep))) continue;
    await files.removeDirectory(directory);
  }
}

async function namesIn(files: FileStore, path: string): Promise<string[]> {
  try {
    return await files.names(path);
  } catch (error) {
    throw new DatasetError(`${path}: its versions cannot be listed (${messageOf(error)})`, { cause: error });
  }
}
