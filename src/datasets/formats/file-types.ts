import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import type { FileFormat, FormatDeps } from "../files/file-dataset.ts";
import type { DatasetType } from "../options.ts";
import { csvFormat } from "./csv-format.ts";
import { examplesFormat } from "./examples-format.ts";
import { imageFormat } from "./image-format.ts";
import { jsonFormat } from "./json-format.ts";
import { metricsFormat } from "./metrics-format.ts";
import { pickleFormat } from "./pickle-format.ts";
import { textFormat } from "./text-format.ts";
import { yamlFormat } from "./yaml-format.ts";

/** The formats of single-file types. Each throws UsageError for arguments that it does not have. */
export const FILE_FORMATS = {
  csv: csvFormat,
  examples: examplesFormat,
  image: imageFormat,
  json: jsonFormat,
  metrics: metricsFormat,
  pickle: pickleFormat,
  text: textFormat,
  yaml: yamlFormat,
} satisfies Partial<Record<DatasetType, (config: DatasetConfig, deps: FormatDeps) => FileFormat>>;

/** A dataset type that is stored in one file. */
export type FileType = keyof typeof FILE_FORMATS;
/** All such types. */
export const FILE_TYPES = Object.keys(FILE_FORMATS) as FileType[];
