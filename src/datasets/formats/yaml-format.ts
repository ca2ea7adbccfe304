import * as v from "valibot";
import { parseDocument, stringify } from "yaml";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { indent, readArgs } from "../args.ts";
import { type FileFormat, textOf } from "../files/file-dataset.ts";

const saveArgs = v.object({ indent: v.optional(indent, 2) });

/** The limit for aliases that multiply each other. */
const MAX_ALIASES = 100;

/** Reads and writes any value of YAML 1.2 (core schema). `save_args`: `indent`. */
export function yamlFormat(config: DatasetConfig): FileFormat {
  const options = readArgs(config, "save_args", saveArgs);
  return {
    read: parseYamlFile,
    write(value) {
      // Functions and the like have no form in YAML. Any value that JSON can hold, YAML can, too.
      if (JSON.stringify(value) === undefined) {
        throw new DatasetError(`a ${typeof value} cannot be written as YAML`);
      }
      return stringify(value, options);
    },
  };
}

function parseYamlFile(bytes: Uint8Array): unknown {
  const document = parseDocument(textOf(bytes), { stringKeys: true });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) throw new DatasetError(`is not YAML: ${messageOf(fault)}`, { cause: fault });
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new DatasetError(`is not YAML: ${messageOf(error)}`, { cause: error });
  }
}
