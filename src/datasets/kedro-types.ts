import { didYouMean } from "../lib/nearest.ts";
import { DATASET_TYPES, type DatasetType } from "./options.ts";

/** Kedro's classes, without package and in small letters, with the type here that does the same, and what differs. */
const OURS: Readonly<Record<string, readonly [type: DatasetType, difference: string]>> = {
  csvdataset: ["csv", "a list of rows in place of a data frame"],
  imagedataset: ["image", "png"],
  incrementaldataset: ["partitioned", "without checkpoints"],
  jsondataset: ["json", ""],
  memorydataset: ["memory", ""],
  metricsdataset: ["metrics", ""],
  partitioneddataset: ["partitioned", ""],
  pickledataset: ["pickle", "read only: what pipelines save is json, csv, image or tfjs_model"],
  tensorflowmodeldataset: ["tfjs_model", "a folder of model.json and weights"],
  textdataset: ["text", ""],
  yamldataset: ["yaml", ""],
};

/**
 * What to write in place of a type that is Kedro's: `pickle.PickleDataSet`, `pandas.CSVDataset`. They are no aliases:
 * options and values of the two differ in places, and one name for one thing keeps a catalog readable.
 *
 * @returns null for what does not look like one of Kedro's.
 */
export function kedroTypeHint(type: string): string | null {
  const name = /^(?:\w+\.)*(\w+?)Data[sS]et$/.exec(type)?.[1];
  if (name === undefined) return null;
  const found = OURS[`${name.toLowerCase()}dataset`];
  if (found === undefined) {
    const near = didYouMean(name.toLowerCase(), Object.keys(DATASET_TYPES));
    return `"${type}" is a type of Kedro's that is not here${near || `. Known are: ${Object.keys(DATASET_TYPES).join(", ")}`}`;
  }
  const [ours, difference] = found;
  return `"${type}" is Kedro's: write "${ours}" here${difference === "" ? "" : ` (${difference})`}`;
}
