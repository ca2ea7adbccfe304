import { basename, sep } from "node:path";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { type FileStore, localFiles } from "./file-store.ts";

/** A version stamp as Kedro writes them: `2026-11-23T14.42.31.000Z`. They sort by time. */
export function formatVersion(date: Date): string {
  return date.toISOString().replaceAll(":", ".");
}

/** Where a dataset's data lie: at one place, or under a directory for each version. */
export interface Location {
  /** What its paths are read from and written to. */
  readonly files: FileStore;
  /** @throws DatasetError when there are versions, but none has been saved, or not the one that was asked for. */
  toLoad(): Promise<string>;
  /** @throws DatasetError when this version exists already. */
  toSave(): Promise<string>;
  /** To be called once the data are there: lets go of versions that need not be retained. */
  saved(): Promise<void>;
  exists(): Promise<boolean>;
  /** The stamps of the versions that are there whole, newest first; none for a fixed place. */
  versions(): Promise<string[]>;
  /** The stamp that was loaded or saved last; null before, and for a fixed place. */
  current(): string | null;
}

/** The same place for loading and saving. */
export function fixedLocation(path: string, files = localFiles): Location {
  return {
    files,
    toLoad: async () => path,
    toSave: async () => path,
    saved: async () => {},
    exists: () => files.exists(path),
    versions: async () => [],
    current: () => null,
  };
}

/** What must not be removed: absolute paths, with the versions that are or hold them, and versions by their stamp. */
export interface PointedTo {
  paths: Iterable<string>;
  stamps: Iterable<string>;
}

export interface VersionOptions {
  /** This machine's when left out. */
  files?: FileStore;
  /** The file within a version's directory; null when the directory itself is the data. */
  file: string | null;
  /** A file within the directory without which it is not whole: where `file` is null. */
  marker?: string;
  /** Loads this version instead of the newest. */
  loadVersion?: string;
  /** How many of the newest versions stay; all when not given. */
  retain?: number;
  /** What something still points to: versions that always stay. Asked for when there is something to remove. */
  pointedTo?: () => Promise<PointedTo>;
}

/**
 * Kedro's layout: `<path>/<version>/<file>`. Loads the version that was asked for, else what this run saved, else the
 * newest; a version counts when its data are there, so that one left half-written by a crash is passed over.
 *
 * @param path    absolute: what catalog.yml names.
 * @param version the stamp of what this run saves.
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

  async function notThere(): Promise<DatasetError> {
    if (loadVersion === undefined) {
      const what = basename(path);
      return new DatasetError(`${path} has no version yet. Run the pipeline that makes ${what} first`);
    }
    const known = (await versions()).slice(0, 5).join(", ") || "none";
    return new DatasetError(`${path} has no version "${loadVersion}". There are: ${known}`);
  }

  return {
    files,
    versions,
    current: () => current,
    exists: async () => (await toLoad()) !== null,
    async toLoad() {
      const stamp = await toLoad();
      if (stamp === null) throw await notThere();
      current = stamp;
      return dataOf(stamp);
    },
    async toSave() {
      if (await isWhole(version)) {
        throw new DatasetError(`${dataOf(version)} exists already; a version is never written twice`);
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
