import { Document, isCollection, isScalar, parseDocument, type Scalar } from "yaml";
import type { SettingValue } from "../../domain/settings/settings.ts";
import { ConflictError, messageOf } from "../../lib/errors.ts";

/** One value to set. */
export interface YamlEdit {
  path: readonly string[];
  value: SettingValue;
}

/**
 * Sets values in a YAML text; comments and the order of the keys stay. A value that the text has already is replaced in
 * place, and no other character changes. A new key makes the library write the document again, which may change spaces.
 *
 * @param text empty for a file that does not exist.
 * @throws ConflictError when a value cannot be set, because an alias is in its place.
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  return edits.reduce(setIn, text);
}

function setIn(text: string, { path, value }: YamlEdit): string {
  const document = parseDocument(text, { intAsBigInt: true, keepSourceTokens: true });
  const node = document.getIn(path, true);
  if (isScalar(node) && isInPlace(node)) {
    const [start, end] = node.range!;
    return text.slice(0, start) + valueText(value) + text.slice(end);
  }
  try {
    prepare(document, path);
    document.setIn(path, scalar(document, value));
  } catch (error) {
    throw new ConflictError(`${path.join(".")} cannot be set: ${messageOf(error)}. Edit the file by hand`, {
      cause: error,
    });
  }
  return document.toString({ lineWidth: 0 });
}

/** Whether the node is written on one line, with at least one character. */
function isInPlace({ type, range }: Scalar): boolean {
  const isOneLine = type === "PLAIN" || type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE";
  return isOneLine && range != null && range[1] > range[0];
}

/** Turns keys without a value on the way into mappings. */
function prepare(document: Document, path: readonly string[]): void {
  for (let length = 0; length < path.length - 1; length++) {
    const here = path.slice(0, length + 1);
    const at = document.getIn(here, true);
    if (isScalar(at) && at.value === null) document.setIn(here, document.createNode({}));
    else if (at !== undefined && !isCollection(at)) {
      throw new TypeError(`${here.join(".")} is an alias or a single value`);
    }
  }
}

/** A string is in quotes unless it is a plain word: what it is must not depend on the version of YAML. */
function scalar(document: Document, value: SettingValue): Scalar {
  const node = document.createNode(value) as Scalar;
  if (typeof value === "string" && !/^[a-z]+(?:_[a-z]+)*$/.test(value)) node.type = "QUOTE_DOUBLE";
  return node;
}

function valueText(value: SettingValue): string {
  const document = new Document();
  document.contents = scalar(document, value) as never;
  return document.toString({ lineWidth: 0 }).trimEnd();
}
