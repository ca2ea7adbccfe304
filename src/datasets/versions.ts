import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { DatasetError } from "../engine/errors.ts";

/** A version stamp as Kedro writes them: `2026-11-23T14.42.31.000Z`. They sort by time. */
export function formatVersion(date: Date): string {
  return date.toISOString().replaceAll(":", ".");
}

/** Where a dataset's data lie: at one place, or under a directory for each version. */
export interface Location {
  /** @throws DatasetError when there are versions, but none has been saved. */
  toLoad(): Promise<string>;
  /** @throws DatasetError when this version exists already. */
  toSave(): Promise<string>;
  exists(): Promise<boolean>;
}

/** The same place for loading and saving. */
export function fixedLocation(path: string): Location {
  return {
    toLoad: async () => path,
    toSave: async () => path,
    exists: () => isThere(path),
  };
}

/**
 * Kedro's layout: `<path>/<version>/<name>`. Loads what this run saved, else the newest; a version counts when its
 * data are there, so that one left half-written by a crash is passed over.
 *
 * @param path    what catalog.yml names.
 * @param version the stamp of what this run saves.
 * @param name    the file within a version; null when the version's directory is the data.
 * @param marker  a file within the directory without which it is not whole, when `name` is null.
 */
export function versionedLocation(
  path: string,
  version: string,
  { name, marker }: { name: string; marker?: undefined } | { name?: undefined; marker: string },
): Location {
  let isSaved = false;
  const dataOf = (stamp: string) => (name === undefined ? join(path, stamp) : join(path, stamp, name));
  const isWhole = (stamp: string) => isThere(join(path, stamp, name ?? marker!));

  async function newest(): Promise<string | null> {
    if (isSaved) return version;
    const stamps = (await namesIn(path))
      .filter((entry) => !entry.startsWith("."))
      .sort()
      .reverse();
    for (const stamp of stamps) if (await isWhole(stamp)) return stamp;
    return null;
  }

  return {
    async toLoad() {
      const stamp = await newest();
      if (stamp === null) {
        throw new DatasetError(
          `${path} has no version yet. Run the pipeline that makes ${basename(path)} first`,
        );
      }
      return dataOf(stamp);
    },
    async toSave() {
      if (await isWhole(version)) {
        throw new DatasetError(`${dataOf(version)} exists already; a version is never written twice`);
      }
      isSaved = true;
      return dataOf(version);
    },
    exists: async () => (await newest()) !== null,
  };
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
