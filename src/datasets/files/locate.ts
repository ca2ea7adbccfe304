import { basename } from "node:path";
import type { Credentials, DatasetConfig, DatasetContext } from "../../engine/catalog/dataset.ts";
import { UsageError } from "../../lib/errors.ts";
import { MODEL_FILE } from "../models/model-files.ts";
import { requiredText } from "../options.ts";
import { localFiles } from "./file-store.ts";
import { pathWithin } from "./paths.ts";
import { isS3Path, s3Files } from "./s3-files.ts";
import { fixedLocation, type Location, type PointedTo, versionedLocation } from "./versions.ts";

export interface LocationDeps {
  /** What relative paths of catalog.yml start from. */
  projectDir: string;
  /** The stamp of what this run saves, from `formatVersion`. */
  runVersion: string;
  /** What an alias or a run still points to: `retain` never removes it. */
  pointedTo?: () => Promise<PointedTo>;
}

/** The stamps of a versioned entry's versions, newest first. @throws UsageError when it has no filepath. */
export function versionsOf(
  projectDir: string,
  config: DatasetConfig,
  credentials?: Credentials,
): Promise<string[]> {
  return locate(config, { credentials }, { projectDir, runVersion: "" }).versions();
}

/** Where the data of an entry with a filepath lie. @throws UsageError when it has none, or one outside the project. */
export function locate(
  config: DatasetConfig,
  { loadVersion, credentials }: DatasetContext,
  { projectDir, runVersion, pointedTo }: LocationDeps,
): Location {
  const filepath = requiredText(config, "filepath");
  // A model is a directory, written as a whole by a rename: that is there on this machine only.
  const isDirectory = config.type === "tfjs_model";
  const files = isS3Path(filepath) && !isDirectory ? s3Files(filepath, credentials) : localFiles;
  if (credentials !== undefined && files === localFiles)
    throw new UsageError(`"credentials" have no meaning for ${filepath}, which is on this machine`);
  const path = files === localFiles ? pathWithin(projectDir, filepath) : filepath;
  if (config.versioned !== true) return fixedLocation(path, files);
  return versionedLocation(path, runVersion, {
    files,
    file: isDirectory ? null : basename(path),
    // Whole when it has its description.
    marker: isDirectory ? MODEL_FILE : undefined,
    loadVersion,
    retain: config.retain,
    pointedTo,
  });
}
