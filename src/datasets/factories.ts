import { basename, join } from "node:path";
import { MemoryDataset } from "../engine/memory-dataset.ts";
import type { DatasetConfig, DatasetFactory } from "../engine/types.ts";
import { UsageError } from "../lib/errors.ts";
import type { ModelArtifacts } from "../lib/model-artifacts.ts";
import type { Store } from "../storage/store.ts";
import { IdxDataset, type MnistFiles, readMnistFiles } from "./idx-dataset.ts";
import { JsonDataset } from "./json-dataset.ts";
import { MODEL_FILE } from "./model-files.ts";
import { checkOptions, type DatasetType, requiredText } from "./options.ts";
import { pathWithin } from "./paths.ts";
import { RegisteredModelDataset } from "./registered-model-dataset.ts";
import { SamplesDataset } from "./samples-dataset.ts";
import { TfjsModelDataset } from "./tfjs-model-dataset.ts";
import { fixedLocation, type Location, versionedLocation } from "./versions.ts";

/** The `filepath` that means the copy of MNIST inside the executable. */
const BUILTIN_MNIST = "builtin:mnist";
const BUILTIN_PREFIX = "builtin:";

export interface DatasetDeps {
  /** What relative paths of catalog.yml start from. */
  projectDir: string;
  /** What keys of registered models start from; `data` in the project directory when not given. */
  dataDir?: string;
  store: Pick<Store, "samples" | "models">;
  /** The labels of samples, in the order of their indices. */
  classes: readonly string[];
  builtinMnist(): Promise<MnistFiles>;
  builtinModel(): Promise<ModelArtifacts>;
  /** The stamp of what this run saves, from `formatVersion`. */
  runVersion: string;
}

/** How to make each `type` of catalog.yml. A factory throws UsageError for options that its type does not take. */
export function createDatasetFactories(deps: DatasetDeps): Record<DatasetType, DatasetFactory> {
  const { projectDir, dataDir = join(projectDir, "data"), store, classes, builtinMnist, builtinModel } = deps;
  const locate = (config: DatasetConfig, marker: string | null): Location => {
    const path = pathWithin(projectDir, requiredText(config, "filepath"));
    if (config.versioned !== true) return fixedLocation(path);
    return versionedLocation(path, deps.runVersion, marker === null ? { name: basename(path) } : { marker });
  };
  return {
    idx: checked("idx", (config) => {
      const filepath = requiredText(config, "filepath");
      if (filepath === BUILTIN_MNIST) return new IdxDataset(builtinMnist, describe(config));
      if (filepath.startsWith(BUILTIN_PREFIX))
        throw new UsageError(`only ${BUILTIN_MNIST} is built in, found ${filepath}`);
      const directory = pathWithin(projectDir, filepath);
      return new IdxDataset(() => readMnistFiles(directory), describe(config));
    }),
    json: checked("json", (config) => new JsonDataset(locate(config, null), describe(config))),
    memory: checked("memory", () => new MemoryDataset()),
    registered_model: checked("registered_model", (config) => {
      const sources = { models: store.models, dataDir, builtinModel };
      return new RegisteredModelDataset(requiredText(config, "alias"), sources);
    }),
    samples: checked("samples", () => new SamplesDataset(store.samples, classes)),
    tfjs_model: checked(
      "tfjs_model",
      (config) => new TfjsModelDataset(locate(config, MODEL_FILE), describe(config)),
    ),
  };
}

function checked(
  type: DatasetType,
  make: (config: DatasetConfig) => ReturnType<DatasetFactory>,
): DatasetFactory {
  return (_name, config) => {
    checkOptions(config, type);
    return make(config);
  };
}

function describe({ type, filepath, versioned }: DatasetConfig): Record<string, unknown> {
  return { type, filepath, versioned: versioned === true };
}
