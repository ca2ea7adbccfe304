import { readdir } from "node:fs/promises";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { MODEL_FILE } from "./model-files.ts";

/** The file by which TensorFlow recognises a SavedModel, the format of Kedro's TensorFlowModelDataset. */
const SAVED_MODEL = "saved_model.pb";

/** @throws DatasetError when the directory holds a model of TensorFlow's, which only TensorFlow can read. */
export async function refuseSavedModel(directory: string): Promise<void> {
  const names = await namesIn(directory);
  if (names.includes(MODEL_FILE) || !names.includes(SAVED_MODEL)) return;
  throw new DatasetError(
    `${directory} holds a TensorFlow SavedModel (${SAVED_MODEL}), which tegaki cannot read. Move the folder away, and run the pipeline that trains it`,
  );
}

/** @throws DatasetError when saving a model would replace files that are not a model of tegaki's. */
export async function refuseToReplace(directory: string): Promise<void> {
  const names = (await namesIn(directory)).filter((name) => !name.startsWith("."));
  if (names.length === 0 || names.includes(MODEL_FILE)) return;
  throw new DatasetError(
    `${directory} holds files that tegaki did not write (${names.slice(0, 3).join(", ")}). Move them away, or change the filepath in catalog.yml`,
  );
}

/** No names for a directory that does not exist. */
async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") {
      throw new DatasetError(`${directory} is a file, and a model is saved as a folder`, { cause: error });
    }
    throw new DatasetError(`${directory}: ${messageOf(error)}`, { cause: error });
  }
}
