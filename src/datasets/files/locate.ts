import { basename } from "node:path";
import type { Credentials, DatasetConfig, DatasetContext } from "../../engine/catalog/dataset.ts";
import { UsageError } from "../../lib/errors.ts";
import { MODEL_FILE } from "../models/model-files.ts";
import { requiredText } from "../options.ts";
import { localFiles } from "./file-store.ts";
import { checkSeparators, pathWithin } from "./paths.ts";
import { checkedLocation } from "./place-problems.ts";
import { isS3Path, s3Files } from "./s3-files.ts";
import { fixedLocation, type Location, type PointedTo, versionedLocation } from "./versions.ts";

/** Everything needed to locate the data of an entry. */
export interface LocationDeps {
  /** The directory that relative paths of catalog.yml are relative to. */
  projectDir: string;
  /** The version under which this run saves, from `formatVersion`. */
  runVersion: string;
  /** Returns the data that an alias or a run still uses: `retain` never removes it. */
  pointedTo?: () => Promise<PointedTo>;
}

/** Returns the versions of a versioned entry, newest first. @throws UsageError when it has no filepath. */
export function versionsOf(
  projectDir: string,
  config: DatasetConfig,
  credentials?: Credentials,
): Promise<string[]> {
  return locate(config, { credentials }, { projectDir, runVersion: "" }).versions();
}

/** Returns the location of an entry's data. @throws UsageError when it has no filepath, or one outside the project. */
export function locate(
  config: DatasetConfig,
  { loadVersion, credentials }: DatasetContext,
  { projectDir, runVersion, pointedTo }: LocationDeps,
): Location {
  const filepath = requiredText(config, "filepath");
  checkSeparators(filepath);
  // A model is a directory that a rename puts in place, which only works on this machine.
  const isDirectory = config.type === "tfjs_model";
  const files = isS3Path(filepath) && !isDirectory ? s3Files(filepath, credentials) : localFiles;
  if (credentials !== undefined && files === localFiles)
    throw new UsageError(
      `"credentials" have no effect for ${filepath}, which is on this machine. Remove them`,
    );
  const path = files === localFiles ? pathWithin(projectDir, filepath) : filepath;
  // A model with its model.json is complete.
  const marker = isDirectory ? MODEL_FILE : undefined;
  const isVersioned = config.versioned === true;
  const location = isVersioned
    ? versionedLocation(path, runVersion, {
        files,
        file: isDirectory ? null : basename(path),
        marker,
        loadVersion,
        retain: config.retain,
        pointedTo,
      })
    : fixedLocation(path, files, marker);
  const place = { path, isVersioned, marker: marker ?? null };
  return files === localFiles ? checkedLocation(location, place) : location;
}
