import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetPreview } from "../../engine/catalog/dataset-preview.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { MODEL_FILE } from "../models/model-files.ts";
import { parseModelJson } from "../models/model-json.ts";
import { readHead, WHOLE_BYTES } from "./preview-files.ts";
import { previewOfValue } from "./preview-value.ts";

/** Previews the layers in a model's model.json. Of the weights, only the file sizes are checked. */
export async function previewModel(
  name: string,
  directory: string,
  version: string | null,
): Promise<DatasetPreview> {
  const path = join(directory, MODEL_FILE);
  const info = await stat(path);
  const json = info.size > WHOLE_BYTES ? null : await readHead(path, info.size);
  const files = { bytes: info.size, savedAt: info.mtime.toISOString(), version, isPart: false };
  if (json === null) return { kind: "tooLarge", maxBytes: WHOLE_BYTES, files };
  const model = parsed(json, path);
  const sizes = await Promise.all(model.paths.map(async (file) => (await stat(join(directory, file))).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes !== model.weightBytes) {
    throw new DatasetError(
      `${directory}: its weights have ${bytes} bytes, but ${MODEL_FILE} requires ${model.weightBytes}`,
    );
  }
  return { ...previewOfValue(name, model.artifacts), files: { ...files, bytes: info.size + bytes } };
}

/** Previews the layers of the base model, given its model.json. */
export function previewModelJson(name: string, json: Uint8Array): DatasetPreview {
  return previewOfValue(name, parsed(json, MODEL_FILE).artifacts);
}

function parsed(json: Uint8Array, path: string) {
  try {
    return parseModelJson(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch (error) {
    throw new DatasetError(`${path}: ${messageOf(error)}`, { cause: error });
  }
}
