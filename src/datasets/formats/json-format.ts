import * as v from "valibot";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { indent, readArgs } from "../args.ts";
import { type FileFormat, textOf } from "../files/file-dataset.ts";

const saveArgs = v.object({ indent: v.optional(indent, 2) });

/** Reads and writes any JSON value. `save_args`: `indent`. */
export function jsonFormat(config: DatasetConfig): FileFormat {
  const { indent: spaces } = readArgs(config, "save_args", saveArgs);
  return {
    read: parseJson,
    write(value) {
      const text = JSON.stringify(value, null, spaces);
      if (text === undefined) throw new DatasetError(`a ${typeof value} cannot be written as JSON`);
      return `${text}\n`;
    },
  };
}

/** Parses a JSON file. @throws DatasetError when it is not JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DatasetError(`is not JSON: ${messageOf(error)}`, { cause: error });
  }
}
