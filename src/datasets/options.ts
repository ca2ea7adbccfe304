import type { DatasetConfig } from "../engine/types.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";

/** What each type takes beside `type` and `metadata`. */
export const DATASET_TYPES = {
  idx: ["filepath"],
  json: ["filepath", "versioned"],
  memory: [],
  registered_model: ["alias"],
  samples: [],
  tfjs_model: ["filepath", "versioned"],
} as const satisfies Record<string, readonly string[]>;

export type DatasetType = keyof typeof DATASET_TYPES;

/** @throws UsageError naming an option that the type does not take. */
export function checkOptions(config: DatasetConfig, type: DatasetType): void {
  const known: readonly string[] = ["type", "metadata", ...DATASET_TYPES[type]];
  for (const option of Object.keys(config)) {
    if (known.includes(option)) continue;
    throw new UsageError(`type ${type} has no option "${option}"${didYouMean(option, known)}`);
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
