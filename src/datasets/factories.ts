import { join } from "node:path";
import { DATASET } from "../domain/dataset-names.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { Store } from "../domain/store.ts";
import type { Dataset, DatasetConfig, DatasetContext, DatasetFactory } from "../engine/catalog/dataset.ts";
import { MemoryDataset } from "../engine/catalog/memory-dataset.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import { FileDataset } from "./files/file-dataset.ts";
import { HtmlReportDataset, type RenderReport } from "./files/html-report-dataset.ts";
import { IdxDataset, type MnistFiles, readMnistFiles } from "./files/idx-dataset.ts";
import { type LocationDeps, locate } from "./files/locate.ts";
import { PartitionedDataset } from "./files/partitioned-dataset.ts";
import { checkSeparators, entryPath } from "./files/paths.ts";
import { FILE_FORMATS, FILE_TYPES, type FileType } from "./formats/file-types.ts";
import { textFormat } from "./formats/text-format.ts";
import { RegisteredModelDataset, registeredName } from "./models/registered-model-dataset.ts";
import { TfjsModelDataset } from "./models/tfjs-model-dataset.ts";
import { checkOptions, type DatasetType, requiredText } from "./options.ts";
import { SamplesDataset } from "./samples-dataset.ts";
import { StoredDrawingsDataset } from "./stored-drawings-dataset.ts";
import { type Validator, validated } from "./validated-dataset.ts";
import { VALIDATORS } from "./validators.ts";

/** The `filepath` of the copy of MNIST in the executable. */
const BUILTIN_MNIST = "builtin:mnist";
const BUILTIN_PREFIX = "builtin:";

/** Everything that datasets need besides their entries. */
export interface DatasetDeps extends LocationDeps {
  /** The directory that keys of registered models are relative to; by default `data` in the project directory. */
  dataDir?: string;
  store: Pick<Store, "samples" | "sheet" | "models">;
  /** The labels of samples, in the order of their indices. */
  classes: readonly string[];
  builtinMnist(): Promise<MnistFiles>;
  builtinModel(): Promise<ModelArtifacts>;
  /** Required to save reports. */
  renderReport?: RenderReport;
  /** The project's own checks that `validator` may name, in addition to the built-in ones. */
  validators?: Readonly<Record<string, Validator>>;
}

type Make = (config: DatasetConfig, context: DatasetContext) => Dataset;

/** Returns one factory per `type` of catalog.yml. A factory throws UsageError for options that its type does not have. */
export function createDatasetFactories(deps: DatasetDeps): Record<DatasetType, DatasetFactory> {
  const { projectDir, dataDir = join(projectDir, "data"), store, classes, builtinModel } = deps;
  const makers: Record<Exclude<DatasetType, FileType>, Make> & Partial<Record<FileType, Make>> = {
    html_report: (config, context) =>
      new HtmlReportDataset(
        new FileDataset(locate(config, context, deps), textFormat({ type: "text" }), describe(config)),
        deps.renderReport,
      ),
    idx: (config) => makeIdx(config, deps),
    memory: () => new MemoryDataset(),
    partitioned: (config) => makePartitioned(config, projectDir, classes),
    registered_model: (config) => {
      const sources = { models: store.models, dataDir, builtinModel };
      const fallback = config.fallback === undefined ? null : requiredText(config, "fallback");
      return new RegisteredModelDataset(registeredName(config), sources, {
        fallback,
        isOptional: config.optional === true,
      });
    },
    samples: (config) => makeSamples(config, deps),
    tfjs_model: (config, context) => new TfjsModelDataset(locate(config, context, deps), describe(config)),
  };
  for (const type of FILE_TYPES) {
    makers[type] = (config, context) =>
      new FileDataset(
        locate(config, context, deps),
        FILE_FORMATS[type](config, { classes }),
        describe(config),
      );
  }
  const validators = { ...VALIDATORS, ...deps.validators };
  const factories = Object.entries(makers).map(([type, make]) => {
    const factory: DatasetFactory = (name, given, context) => {
      checkOptions(given, type as DatasetType);
      const config = withForm(name, given);
      return withValidator(make(config, context), config, validators);
    };
    return [type, factory] as const;
  });
  return Object.fromEntries(factories) as Record<DatasetType, DatasetFactory>;
}

/** The form in which the built-in pipelines read these datasets, where a pickle does not set another. */
const PICKLED_AS: Readonly<Record<string, string>> = {
  [DATASET.mnistData]: "mnist",
  [DATASET.appData]: "drawings",
};

function withForm(name: string, config: DatasetConfig): DatasetConfig {
  if (config.type !== "pickle" || !Object.hasOwn(PICKLED_AS, name)) return config;
  return { ...config, load_args: { as: PICKLED_AS[name], ...config.load_args } };
}

/** `include: all` has every drawing in use; without it, those that models may be trained and evaluated on. */
function makeSamples({ include }: DatasetConfig, { store, classes }: DatasetDeps): Dataset {
  if (include === undefined) return new SamplesDataset(store.samples, classes);
  if (include === "all") return new StoredDrawingsDataset(store);
  throw new UsageError(`type samples: "include" must be "all", found ${JSON.stringify(include)}`);
}

function makeIdx(config: DatasetConfig, { projectDir, builtinMnist }: DatasetDeps): Dataset {
  const filepath = requiredText(config, "filepath");
  if (filepath === BUILTIN_MNIST) return new IdxDataset(builtinMnist, describe(config));
  if (filepath.startsWith(BUILTIN_PREFIX))
    throw new UsageError(`expected a path or ${BUILTIN_MNIST}, found ${filepath}`);
  const directory = entryPath(projectDir, filepath);
  return new IdxDataset(() => readMnistFiles(directory), describe(config));
}

/** `dataset` is the type of each file, or its entry without a filepath: `{type: csv, load_args: {...}}`. */
function makePartitioned(config: DatasetConfig, projectDir: string, classes: readonly string[]): Dataset {
  const path = requiredText(config, "path");
  const { dataset, filename_suffix = "", overwrite = false } = config;
  const inner =
    typeof dataset === "string" ? { type: dataset } : (dataset as Partial<DatasetConfig> | undefined);
  const type = FILE_TYPES.find((known) => known === inner?.type);
  if (inner === undefined || type === undefined) {
    const known = FILE_TYPES.join(", ");
    throw new UsageError(`type partitioned needs "dataset", the type of its files: one of ${known}`);
  }
  const place = ["filepath", "versioned", "retain", "validator"].find((option) =>
    Object.hasOwn(inner, option),
  );
  if (place !== undefined)
    throw new UsageError(`"${place}" has no effect in "dataset" of a partitioned dataset. Remove it`);
  if (typeof filename_suffix !== "string")
    throw new UsageError('"filename_suffix" must be a string, such as ".csv"');
  checkSeparators(filename_suffix);
  if (typeof overwrite !== "boolean") throw new UsageError('"overwrite" must be true or false');
  const innerConfig = { ...inner, type };
  checkOptions(innerConfig, type);
  const directory = entryPath(projectDir, path);
  const format = FILE_FORMATS[type](innerConfig, { classes });
  return new PartitionedDataset(
    { directory, format, suffix: filename_suffix, isOverwriting: overwrite },
    { type: "partitioned", path, dataset: type },
  );
}

function withValidator(
  dataset: Dataset,
  { validator }: DatasetConfig,
  known: Readonly<Record<string, Validator>>,
): Dataset {
  if (validator === undefined) return dataset;
  const found = Object.hasOwn(known, validator) ? known[validator] : undefined;
  if (found !== undefined) return validated(dataset, validator, found);
  const hint =
    didYouMean(validator, Object.keys(known)) || `. Known validators: ${Object.keys(known).join(", ")}`;
  throw new UsageError(`unknown validator "${validator}"${hint}`);
}

function describe({ type, filepath, versioned }: DatasetConfig): Record<string, unknown> {
  return { type, filepath, versioned: versioned === true };
}
