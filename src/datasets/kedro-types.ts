import { DATASET } from "../domain/dataset-names.ts";
import { CHAMPION } from "../domain/deployment.ts";
import { didYouMean } from "../lib/nearest.ts";
import type { TypeAlias } from "../lib/type-alias.ts";
import { DATASET_TYPES, type DatasetType } from "./options.ts";

/** A class of Kedro's: the packages in which it has this meaning, and how its entries differ. */
type KedroClass = { packages: readonly string[]; type: DatasetType } & Partial<Omit<TypeAlias, "type">>;

const UTF_8 = ["utf-8", "utf8", "UTF-8", "UTF8"];

/** Keys of every type of Kedro's. `layer` was a key of its own until Kedro 0.19. */
const COMMON = {
  renamed: { layer: "metadata.kedro-viz.layer" },
  harmless: {
    "fs_args.auto_mkdir": [true, false],
    "fs_args.open_args_load.encoding": UTF_8,
    "fs_args.open_args_load.mode": ["r", "rb", "rt"],
    "fs_args.open_args_save.encoding": UTF_8,
    "fs_args.open_args_save.mode": ["w", "wb", "wt"],
  },
} as const;

const TFJS_NOTE =
  "is saved in TensorFlow.js's format (model.json and weights.bin), which TensorFlow does not load as a SavedModel";
const CHAMPION_NOTE =
  "is the champion of the model registry, which tegaki promotes itself: its folder is neither read nor written";

/** By the name of the class, in lower case: Kedro's own spelling changed from DataSet to Dataset. */
const CLASSES: Readonly<Record<string, KedroClass>> = {
  csvdataset: {
    packages: ["pandas", "polars"],
    type: "csv",
    renamed: {
      "load_args.sep": "load_args.delimiter",
      "load_args.separator": "load_args.delimiter",
      "save_args.sep": "save_args.delimiter",
      "save_args.separator": "save_args.delimiter",
    },
    harmless: { "load_args.encoding": UTF_8, "save_args.encoding": UTF_8, "save_args.index": [false] },
  },
  imagedataset: { packages: ["pillow"], type: "image", suffix: ".png" },
  jsondataset: {
    packages: ["json", "tracking"],
    type: "json",
    harmless: { "save_args.ensure_ascii": [true, false] },
  },
  memorydataset: { packages: ["io"], type: "memory", harmless: { copy_mode: ["assign"] } },
  metricsdataset: { packages: ["tracking"], type: "metrics" },
  partitioneddataset: {
    packages: ["partitions", "io"],
    type: "partitioned",
    harmless: { filepath_arg: ["filepath"] },
  },
  pickledataset: {
    packages: ["pickle"],
    type: "pickle",
    // Pickles are read-only here, and strings of Python 2 are read as latin1.
    harmless: { backend: ["pickle"], "load_args.encoding": ["latin1", "bytes"], save_args: "any" },
  },
  tensorflowmodeldataset: {
    packages: ["tensorflow"],
    type: "tfjs_model",
    harmless: {
      "load_args.compile": [true, false],
      "save_args.include_optimizer": [true, false],
      "save_args.overwrite": [true],
      "save_args.save_format": ["tf"],
    },
    note: TFJS_NOTE,
  },
  textdataset: { packages: ["text"], type: "text" },
  yamldataset: {
    packages: ["yaml"],
    type: "yaml",
    harmless: { "save_args.default_flow_style": [false] },
  },
};

/** In the original project, `model` is the app's model, copied by hand into a folder. */
const MODEL: TypeAlias = {
  type: "registered_model",
  renamed: COMMON.renamed,
  harmless: {},
  dropped: ["filepath", "versioned", "load_args", "save_args", "fs_args"],
  added: { alias: CHAMPION },
  note: CHAMPION_NOTE,
};

/**
 * Returns how to read an entry whose type is one of Kedro's: `pickle.PickleDataSet`, `PickleDataset`,
 * `kedro_datasets.pandas.CSVDataset`. They are aliases where the meaning is ours.
 *
 * @returns a message for a type that has another meaning here, or none; null for a name that is not one of Kedro's.
 */
export function kedroAlias(dataset: string, type: string): TypeAlias | { refusal: string } | null {
  const [, path = "", name] = /^((?:\w+\.)*)(\w+?)Data[sS]et$/.exec(type) ?? [];
  if (name === undefined) return null;
  const key = `${name.toLowerCase()}dataset`;
  const found = Object.hasOwn(CLASSES, key) ? CLASSES[key] : undefined;
  const packages = path.split(".").filter((part) => part !== "" && !ROOTS.has(part));
  if (found === undefined || !isIn(packages, found)) return { refusal: refusalOf(type, name, found) };
  if (dataset === DATASET.model && found.type === "tfjs_model") return MODEL;
  return {
    ...{ dropped: [], added: {} },
    ...found,
    renamed: { ...COMMON.renamed, ...found.renamed },
    harmless: { ...COMMON.harmless, ...found.harmless },
  };
}

/** The packages that Kedro searches for a class, and those of its earlier releases. */
const ROOTS = new Set(["kedro", "kedro_datasets", "extras", "datasets", "contrib"]);

/** Whether a class is meant: the rest of its path is its package, or the module in it (`csv_dataset`), or empty. */
function isIn([parent, ...modules]: readonly string[], { packages }: KedroClass): boolean {
  return parent === undefined || (packages.includes(parent) && modules.length <= 1);
}

function refusalOf(type: string, name: string, found: KedroClass | undefined): string {
  if (found !== undefined)
    return `"${type}" is a Kedro type with another meaning than tegaki's "${found.type}". Use "${found.type}" if that is what you need`;
  const near = didYouMean(name.toLowerCase(), Object.keys(DATASET_TYPES));
  const hint = near || `. Known types: ${Object.keys(DATASET_TYPES).join(", ")}`;
  return `"${type}" is a Kedro type that tegaki does not have${hint}`;
}
