import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { DatasetError } from "../../engine/errors.ts";
import type { Location } from "./versions.ts";

/** How an entry of the catalog stores its data on this machine. */
interface Place {
  /** Absolute. */
  path: string;
  isVersioned: boolean;
  /** Of data that is a folder, such as a model: the file that makes it complete. Null for data that is a file. */
  marker: string | null;
}

/** The beginning of every name of a version. */
const VERSION = /^\d{4}-\d\d-\d\dT/;
const REMEDY = "or use another filepath";

/**
 * Returns why what is at a path is not what its entry says, in one sentence; null when it is, or nothing is there. A
 * save would otherwise fail after the run's work, or replace a folder of versions by one model.
 */
async function placeProblem({ path, isVersioned, marker }: Place): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  if (isVersioned) {
    if (!found.isDirectory())
      return `${path} is a file; a versioned dataset is a folder of that name. Remove "versioned: true", ${REMEDY}`;
    const isModel = marker !== null && (await stat(join(path, marker)).catch(() => null)) !== null;
    return isModel
      ? `${path} is a model without versions; a versioned dataset is a folder of versions. Remove "versioned: true", ${REMEDY}`
      : null;
  }
  // A model refuses a file, and files of other programs, itself.
  return found.isDirectory() ? folderProblem(path, marker) : null;
}

/** Returns why a path cannot be the folder of several files that an entry needs; null when it can. */
export async function filesProblem(path: string, what: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found === null || found.isDirectory() ? null : `${path} is a file; ${what}. Use another path`;
}

async function folderProblem(path: string, marker: string | null): Promise<string | null> {
  const names = await readdir(path);
  if (marker !== null && names.includes(marker)) return null;
  if (names.some((name) => VERSION.test(name)))
    return `${path} is a folder of versions; a dataset without versions is ${marker === null ? "a file" : "one model"}. Add "versioned: true", ${REMEDY}`;
  return marker === null
    ? `${path} is a folder; this dataset is a file, such as ${join(path, basename(path))}. Use another filepath`
    : null;
}

/** Returns the location with these checks before each use. */
export function checkedLocation(location: Location, place: Place): Location {
  const problem = () => placeProblem(place);
  const checked = async <T>(use: () => Promise<T>): Promise<T> => {
    const found = await problem();
    if (found !== null) throw new DatasetError(found);
    return use();
  };
  return {
    ...location,
    problem,
    toLoad: () => checked(location.toLoad),
    toSave: () => checked(location.toSave),
    exists: () => checked(location.exists),
    versions: () => checked(location.versions),
  };
}
