import { didYouMean } from "../lib/nearest.ts";
import { DATASET_TYPES, type DatasetType } from "./options.ts";

/** The corresponding type and its difference, by the name of Kedro's class: lower case, without package. */
const OURS: Readonly<Record<string, readonly [type: DatasetType, difference: string]>> = {
  csvdataset: ["csv", "a list of rows, not a data frame"],
  imagedataset: ["image", "png"],
  incrementaldataset: ["partitioned", "without checkpoints"],
  jsondataset: ["json", ""],
  memorydataset: ["memory", ""],
  metricsdataset: ["metrics", ""],
  partitioneddataset: ["partitioned", ""],
  pickledataset: ["pickle", "read-only: pipelines save json, csv, image or tfjs_model"],
  tensorflowmodeldataset: ["tfjs_model", "a folder of model.json and weights"],
  textdataset: ["text", ""],
  yamldataset: ["yaml", ""],
};

/**
 * Returns a message that suggests the type to use instead of one of Kedro's: `pickle.PickleDataSet`,
 * `pandas.CSVDataset`. Kedro's names are not aliases: some options and values differ, and a single name per type keeps
 * catalogs readable.
 *
 * @returns null for a name that does not look like one of Kedro's types.
 */
export function kedroTypeHint(type: string): string | null {
  const name = /^(?:\w+\.)*(\w+?)Data[sS]et$/.exec(type)?.[1];
  if (name === undefined) return null;
  const found = OURS[`${name.toLowerCase()}dataset`];
  if (found === undefined) {
    const near = didYouMean(name.toLowerCase(), Object.keys(DATASET_TYPES));
    const hint = near || `. Known types: ${Object.keys(DATASET_TYPES).join(", ")}`;
    return `"${type}" is a Kedro type that tegaki does not have${hint}`;
  }
  const [ours, difference] = found;
  return `"${type}" is a Kedro type: use "${ours}" instead${difference === "" ? "" : ` (${difference})`}`;
}
