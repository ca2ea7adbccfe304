import type { DatasetConfig } from "../engine/catalog/dataset.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";

/** Options of a dataset with a local path. */
const model = ["filepath", "versioned", "retain"] as const;
/** Options of a dataset in one file, which may be in a bucket. */
const file = [...model, "credentials"] as const;

/** The options of each type, without the common ones. */
export const DATASET_TYPES = {
  csv: [...file, "load_args", "save_args"],
  examples: file,
  html_report: file,
  idx: ["filepath"],
  image: file,
  json: [...file, "save_args"],
  memory: [],
  metrics: [...file, "save_args"],
  partitioned: ["path", "dataset", "filename_suffix", "overwrite"],
  pickle: ["filepath", "credentials", "load_args"],
  registered_model: ["alias", "version", "fallback", "optional"],
  samples: ["include"],
  text: [...file, "save_args"],
  tfjs_model: model,
  yaml: [...file, "save_args"],
} as const satisfies Record<string, readonly string[]>;

/** A `type` of catalog.yml. */
export type DatasetType = keyof typeof DATASET_TYPES;

/** Options of every type. */
const COMMON = ["type", "metadata", "validator"];

/** @throws UsageError naming an option that the type does not have, or for `retain` without `versioned`. */
export function checkOptions(config: DatasetConfig, type: DatasetType): void {
  const known: readonly string[] = [...COMMON, ...DATASET_TYPES[type]];
  for (const option of Object.keys(config)) {
    if (known.includes(option)) continue;
    throw new UsageError(`type ${type} has no option "${option}"${didYouMean(option, known)}`);
  }
  if (config.retain !== undefined && config.versioned !== true) {
    throw new UsageError('"retain" is the number of versions to keep: it requires "versioned: true"');
  }
}

/**
 * Returns the value of an option.
 * @throws UsageError when it is missing, empty or not a string.
 */
export function requiredText(config: DatasetConfig, option: string): string {
  const value = config[option];
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(
    `type ${config.type} requires "${option}", a string; found ${JSON.stringify(value) ?? "nothing"}`,
  );
}
