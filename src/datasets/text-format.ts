import { DatasetError } from "../engine/errors.ts";
import { type FileFormat, textOf } from "./file-dataset.ts";

/** A text in UTF-8, as it is. */
export function textFormat(): FileFormat {
  return {
    read: textOf,
    write(value) {
      if (typeof value === "string") return value;
      throw new DatasetError(`a text is a string, found ${value === null ? "null" : typeof value}`);
    },
  };
}
