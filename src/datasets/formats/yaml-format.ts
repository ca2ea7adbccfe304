import * as v from "valibot";
import { stringify } from "yaml";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { readYamlText } from "../../lib/yaml-document.ts";
import { indent, readArgs } from "../args.ts";
import { type FileFormat, textOf } from "../files/file-dataset.ts";

const saveArgs = v.object({ indent: v.optional(indent, 2) });

/** The limit for aliases that multiply each other. */
const MAX_ALIASES = 100;

/** Reads YAML by the rules of `readYamlText`, with merge keys, and writes any value as YAML 1.2. `save_args`: `indent`. */
export function yamlFormat(config: DatasetConfig): FileFormat {
  const options = readArgs(config, "save_args", saveArgs);
  return {
    read: parseYamlFile,
    write(value) {
      // Functions and the like have no form in YAML. Any value that JSON can hold, YAML can, too.
      if (JSON.stringify(value) === undefined) {
        throw new DatasetError(`a ${typeof value} cannot be written as YAML`);
      }
      requireExactNumbers(value);
      return stringify(value, options);
    },
  };
}

function parseYamlFile(bytes: Uint8Array): unknown {
  const { document, faults, placeOf } = readYamlText(textOf(bytes), { merge: true });
  const [fault] = faults;
  if (fault !== undefined) {
    const { line, column } = placeOf(fault.offset);
    throw new DatasetError(`is not valid YAML: line ${line}, column ${column}: ${fault.message}`);
  }
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new DatasetError(`is not valid YAML: ${messageOf(error)}`, { cause: error });
  }
}

/** @throws DatasetError for a whole number beyond 2^53, which would not be read back. The value has no cycles. */
function requireExactNumbers(value: unknown): void {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(requireExactNumbers);
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value))) {
    throw new DatasetError(`${String(value)} is beyond 2^53 - 1 and would be rounded. Save it as a string`);
  }
}
