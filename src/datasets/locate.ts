import { basename } from "node:path";
import type { DatasetConfig, DatasetContext } from "../engine/types.ts";
import { MODEL_FILE } from "./model-files.ts";
import { requiredText } from "./options.ts";
import { pathWithin } from "./paths.ts";
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
export function versionsOf(projectDir: string, config: DatasetConfig): Promise<string[]> {
  return locate(config, {}, { projectDir, runVersion: "" }).versions();
}

/** Where the data of an entry with a filepath lie. @throws UsageError when it has none, or one outside the project. */
export function locate(
  config: DatasetConfig,
  { loadVersion }: DatasetContext,
  { projectDir, runVersion, pointedTo }: LocationDeps,
): Location {
  const path = pathWithin(projectDir, requiredText(config, "filepath"));
  if (config.versioned !== true) return fixedLocation(path);
  // A model is a directory: whole when it has its description.
  const isDirectory = config.type === "tfjs_model";
  return versionedLocation(path, runVersion, {
    file: isDirectory ? null : basename(path),
    marker: isDirectory ? MODEL_FILE : undefined,
    loadVersion,
    retain: config.retain,
    pointedTo,
  });
}
