import * as v from "valibot";
import { type Document, isScalar, LineCounter, parseDocument, stringify, visit } from "yaml";
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
  const lineCounter = new LineCounter();
  // The library's own check for keys that occur twice, and its pretty errors, take time with the square of the length.
  const options = { stringKeys: true, uniqueKeys: false, prettyErrors: false, lineCounter };
  try {
    const document = parseDocument(textOf(bytes), options);
    const fault = document.errors[0] ?? document.warnings[0] ?? repeatedKey(document);
    if (fault !== null) {
      const { line, col } = lineCounter.linePos(fault.pos[0]);
      throw new DatasetError(`${fault.message} at line ${line}, column ${col}`);
    }
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new DatasetError(`is not YAML: ${messageOf(error)}`, { cause: error });
  }
}

/** Returns the first key that a mapping has twice. */
function repeatedKey(document: Document): { message: string; pos: readonly [number, number] } | null {
  let repeated: readonly [number, number] | null = null;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          repeated = [key.range?.[0] ?? 0, key.range?.[1] ?? 0];
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return repeated === null ? null : { message: "Map keys must be unique", pos: repeated };
}
