import * as v from "valibot";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { mode, readArgs } from "../args.ts";
import { type FileFormat, textOf } from "../files/file-dataset.ts";

const saveArgs = v.object({ mode });

/** Reads and writes a string as UTF-8, unchanged. `save_args`: `mode`. */
export function textFormat(config: DatasetConfig): FileFormat {
  const save = readArgs(config, "save_args", saveArgs);
  return { read: textOf, write: checkedText, ...(save.mode === "a" && { append: checkedText }) };
}

/** @throws DatasetError when the value is not a string. */
function checkedText(value: unknown): string {
  if (typeof value === "string") return value;
  throw new DatasetError(`expected a string, found ${value === null ? "null" : typeof value}`);
}
