import { MNIST_FILE_NAMES } from "../datasets/files/idx-dataset.ts";
import { entryPath, pathWithin } from "../datasets/files/paths.ts";
import { isS3Path } from "../datasets/files/s3-files.ts";
import { FILE_TYPES } from "../datasets/formats/file-types.ts";
import { parseIdxImages } from "../datasets/formats/idx.ts";
import { MODEL_FILE } from "../datasets/models/model-files.ts";
import { type RegisteredModelName, registeredName } from "../datasets/models/registered-model-dataset.ts";
import { requiredText } from "../datasets/options.ts";
import { newestPath, previewFile, previewPartitions } from "../datasets/previews/preview-files.ts";
import { previewIdx } from "../datasets/previews/preview-idx.ts";
import { previewModel, previewModelJson } from "../datasets/previews/preview-model.ts";
import { MAX_IMAGES, sheetPreview } from "../datasets/previews/preview-value.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import { BUILTIN_MODEL_KEY } from "../domain/model.ts";
import type { Store } from "../domain/store.ts";
import { CatalogEntries } from "../engine/catalog/catalog-entries.ts";
import type { DatasetConfig } from "../engine/catalog/dataset.ts";
import type { DatasetPreview } from "../engine/catalog/dataset-preview.ts";
import { messageOf, TegakiError } from "../lib/errors.ts";
import type { Project } from "./project.ts";
import type { Runtime } from "./runtime.ts";

/** MNIST's 60,000 training and 10,000 test images. */
const MNIST_TOTAL = 70_000;

/**
 * Creates previews of the datasets in a project's catalog. Each reads only the displayed part of the newest version.
 * @returns a function by dataset name: it returns null when nothing has been saved yet, and a preview of the kind
 *   "damaged" when the data cannot be read.
 */
export function createPreviews(runtime: Runtime, project: Project, store: Store) {
  const entries = new CatalogEntries(project.config.catalog);
  let mnist: Promise<DatasetPreview> | null = null;

  const sources = { projectDir: project.dir, classes: project.config.parameters.classes };

  const preview = async (name: string, config: DatasetConfig): Promise<DatasetPreview | null> => {
    const type = FILE_TYPES.find((known) => known === config.type);
    if (type !== undefined) return previewFile(name, type, config, sources);
    switch (config.type) {
      case "samples":
        return samplesPreview(name, store);
      case "idx":
        if (config.filepath !== "builtin:mnist")
          return previewIdx(name, entryPath(project.dir, requiredText(config, "filepath")));
        // Decompressed only once, because it never changes.
        mnist ??= builtinMnist(runtime, name);
        return mnist;
      case "tfjs_model": {
        const found = await newestPath(config, project.dir);
        return found === null ? null : previewModel(name, found.path, found.version);
      }
      case "registered_model":
        return registeredModel(name, registeredName(config), runtime, project, store);
      case "partitioned":
        return previewPartitions(config, project.dir);
      default:
        return null;
    }
  };

  return async (name: string): Promise<DatasetPreview | null> => {
    const entry = entries.ofDataset(name);
    // Opening a page must not contact a bucket.
    if (entry === null || isS3Path(entry.config.filepath ?? "")) return null;
    const { config } = entry;
    try {
      return await preview(name, config);
    } catch (error) {
      if (!(error instanceof TegakiError || isFileError(error))) throw error;
      return { kind: "damaged", reason: messageOf(error).replaceAll(`${project.dir}/`, "") };
    }
  };
}

async function builtinMnist(runtime: Runtime, name: string): Promise<DatasetPreview> {
  const bytes = await runtime.embedded.mnist(MNIST_FILE_NAMES.testImages);
  return sheetPreview(name, parseIdxImages(bytes, MNIST_FILE_NAMES.testImages), MNIST_TOTAL);
}

async function registeredModel(
  name: string,
  named: RegisteredModelName,
  { embedded }: Runtime,
  { dataDir }: Project,
  { models }: Store,
): Promise<DatasetPreview | null> {
  const version = "version" in named ? named.version : (await models.aliases())[named.alias];
  const model = version === undefined ? null : await models.get(version);
  if (model === null || model.state === "deleted") return null;
  if (model.key === BUILTIN_MODEL_KEY) return previewModelJson(name, await embedded.model(MODEL_FILE));
  return previewModel(name, pathWithin(dataDir, model.key), String(model.version));
}

/** Previews the newest labelled drawings. */
async function samplesPreview(name: string, store: Store): Promise<DatasetPreview | null> {
  const { samples } = await store.samples.list({ state: "labelled", limit: MAX_IMAGES });
  if (samples.length === 0) return null;
  const images = new Uint8Array(samples.length * IMAGE_PIXELS);
  for (const [i, { pixels }] of samples.entries())
    images.set(pixels.subarray(0, IMAGE_PIXELS), i * IMAGE_PIXELS);
  const { total } = await store.samples.stats();
  return sheetPreview(name, { rows: IMAGE_ROWS, cols: IMAGE_COLS, images }, total);
}

/** Whether an error comes from the file system: a file is missing, or a folder cannot be read. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === "string";
}
