import type { DatasetPreview } from "../../views/graph/types.ts";
import { parseIdxImages } from "../datasets/idx.ts";
import { MNIST_FILE_NAMES } from "../datasets/idx-dataset.ts";
import { formatVersion } from "../datasets/versions.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/types.ts";
import type { Store } from "../storage/store.ts";
import { MAX_IMAGES, previewOfValue, sheetPreview } from "./preview-value.ts";
import type { Project } from "./project.ts";
import { createRunCatalog } from "./run-catalog.ts";
import type { Runtime } from "./runtime.ts";

/** MNIST's 60,000 training and 10,000 test images. */
const MNIST_TOTAL = 70_000;

/**
 * What datasets of a project's catalog hold, in short: of their newest version. What cannot be loaded whole in no
 * time is asked for its first part.
 * @returns by name: null when nothing has been saved yet. @throws DatasetError when it cannot be read.
 */
export function createPreviews(runtime: Runtime, project: Project, store: Store) {
  return async (name: string): Promise<DatasetPreview | null> => {
    const runVersion = formatVersion(runtime.clock.now());
    const catalog = createRunCatalog({ runtime, project, store, runVersion, loadVersions: {} });
    const config = catalog.entry(name)?.config;
    if (config === undefined || config.type === "memory") return null;
    if (config.type === "samples") return samplesPreview(name, store);
    if (config.type === "idx" && config.filepath === "builtin:mnist") {
      const bytes = await runtime.embedded.mnist(MNIST_FILE_NAMES.testImages);
      return sheetPreview(name, parseIdxImages(bytes, MNIST_FILE_NAMES.testImages), MNIST_TOTAL);
    }
    return (await catalog.exists(name)) ? previewOfValue(name, await catalog.load(name)) : null;
  };
}

/** The newest drawings. */
async function samplesPreview(name: string, store: Store): Promise<DatasetPreview | null> {
  const { samples } = await store.samples.list({ state: "labelled", limit: MAX_IMAGES });
  if (samples.length === 0) return null;
  const images = new Uint8Array(samples.length * IMAGE_PIXELS);
  for (const [i, { pixels }] of samples.entries())
    images.set(pixels.subarray(0, IMAGE_PIXELS), i * IMAGE_PIXELS);
  const { total } = await store.samples.stats();
  return sheetPreview(name, { rows: IMAGE_ROWS, cols: IMAGE_COLS, images }, total);
}
