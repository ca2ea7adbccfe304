import * as v from "valibot";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { indent, readArgs } from "../args.ts";
import { type FileFormat, textOf } from "../files/file-dataset.ts";
import { requireJson } from "./json-value.ts";

const saveArgs = v.object({ indent: v.optional(indent, 2) });

/** Reads and writes any JSON value. `save_args`: `indent`. */
export function jsonFormat(config: DatasetConfig): FileFormat {
  const { indent: spaces } = readArgs(config, "save_args", saveArgs);
  return {
    read: parseJson,
    write(value) {
      requireJson(value);
      const text = JSON.stringify(value, null, spaces);
      if (text === undefined) throw new DatasetError(`a ${typeof value} cannot be written as JSON`);
      return `${text}\n`;
    },
  };
}

/**
 * Parses a JSON file.
 * @throws DatasetError when it is not JSON, or has a number that JavaScript cannot hold: it would be rounded.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
      if (typeof value === "number" && !isHeld(value, context?.source ?? "")) {
        throw new DatasetError(`the number ${context?.source} cannot be held exactly. Save it as a string`);
      }
      return value;
    });
  } catch (error) {
    throw new DatasetError(`is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** Whether a number is what its text says: finite, and not a whole number beyond 2^53, which is rounded. */
function isHeld(value: number, source: string): boolean {
  return Number.isFinite(value) && (!/^-?\d+$/.test(source) || Number.isSafeInteger(value));
}
