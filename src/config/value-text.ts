import { isScalar } from "yaml";
import { readYamlText } from "../lib/yaml-document.ts";
import type { Origin, Problem } from "./errors.ts";
import type { Tree } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** A list, a mapping, or one string in quotes. */
const ENCLOSED = /^(?:\[.*\]|\{.*\}|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')$/s;
/** A list, a mapping or a string that does not end. */
const OPENED = /^(?:[[{]|"(?:[^"\\]|\\.)*$|'[^']*$)/s;

/**
 * Reads a value that is written on one line outside of a file: numbers, true, false and null, lists in `[]`, mappings
 * in `{}` and strings in quotes as in YAML. Everything else is the text exactly as written, even where YAML would see a
 * comment, a block or a mapping in it: `#ff0000`, `x #1`, `>5`, `title: one`.
 *
 * @param problems appended to: brackets and quotes that do not fit, whole numbers beyond 2^53 - 1.
 * @param warnings appended to: words that YAML 1.1 reads differently.
 */
export function readValue(
  origin: Origin,
  text: string,
  problems: Problem[],
  warnings: Problem[],
): Tree | null {
  const isEnclosed = ENCLOSED.test(text);
  if (!isEnclosed && OPENED.test(text)) {
    problems.push({ origin, message: malformed(text) });
    return null;
  }
  if (!isEnclosed && !isPlain(text)) return { kind: "scalar", origin, value: text };
  const found: Problem[] = [];
  const tree = parseYaml(origin.source, text, found, { hasLines: false, warnings });
  problems.push(...found.map(({ message }) => ({ origin, message })));
  return tree === null ? null : { ...tree, origin };
}

/** Whether YAML takes the complete text for one scalar without quotes. */
function isPlain(text: string): boolean {
  const { contents, errors, warnings } = readYamlText(text).document;
  const isWhole = isScalar(contents) && contents.type === "PLAIN" && contents.source === text;
  return isWhole && errors.length + warnings.length === 0;
}

function malformed(text: string): string {
  const opening = text.charAt(0);
  const what = opening === "[" ? "list" : opening === "{" ? "mapping" : "string";
  return `starts a ${what} with ${opening} and does not end it. Close it, or put the complete value in quotes`;
}
