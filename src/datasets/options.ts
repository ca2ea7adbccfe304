import type { DatasetConfig } from "../engine/catalog/dataset.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";

/** What the entry of a dataset in one file may have. */
const model = ["filepath", "versioned", "retain"] as const;
/** The same for one that may lie in a bucket. */
const file = [...model, "credentials"] as const;

/** What each type takes beside what all take. */
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
  registered_model: ["alias"],
  samples: [],
  text: [...file, "save_args"],
  tfjs_model: model,
  yaml: [...file, "save_args"],
} as const satisfies Record<string, readonly string[]>;

export type DatasetType = keyof typeof DATASET_TYPES;

/** What every type takes. */
const COMMON = ["type", "metadata", "validator"];

/** @throws UsageError naming an option that the type does not take, or `retain` where there are no versions. */
export function checkOptions(config: DatasetConfig, type: DatasetType): void {
  const known: readonly string[] = [...COMMON, ...DATASET_TYPES[type]];
  for (const option of Object.keys(config)) {
    if (known.includes(option)) continue;
    throw new UsageError(`type ${type} has no option "${option}"${didYouMean(option, known)}`);
  }
  if (config.retain !== undefined && config.versioned !== true) {
    throw new UsageError('"retain" says how many versions stay: it needs "versioned: true"');
  }
}

/** @throws UsageError when the option is missing or no text. */
export function requiredText(config: DatasetConfig, option: string): string {
  const value = config[option];
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(
    `type ${config.type} needs "${option}", a text; found ${JSON.stringify(value) ?? "nothing"}`,
  );
}
