import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";
import { ConflictError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";

/** Whether a YAML text has a value at the path, if only an empty one. What an alias stands for does not count. */
export function isInYaml(text: string, path: readonly string[]): boolean {
  return parsed(text).hasIn(path);
}

/**
 * Removes a key from a YAML text, and the mappings that are empty without it. Its lines go, with a comment behind its
 * value; no other character changes, so comments on lines of their own stay.
 *
 * @throws ConflictError when nothing but the key can be removed: an alias needs it, or a comment is beside it in braces.
 */
export function removeFromYaml(text: string, path: readonly string[]): string {
  const result = cuts(text, entriesAt(text, path)).reduceRight(
    (rest, [start, end]) => rest.slice(0, start) + rest.slice(end),
    text,
  );
  if (!isDeepStrictEqual(plainOf(result), without(plainOf(text), path))) {
    throw notRemoved(path.join("."));
  }
  return result;
}

/** The refusal to remove a key: an alias or an anchor ties it to another. @param key its dotted path. */
export function notRemoved(key: string): ConflictError {
  return new ConflictError(
    `${key} cannot be removed without a change elsewhere in the file. Edit the file by hand`,
    { says: saying("settingNotRemoved", { key }) },
  );
}

/** A key with its value, and the mapping that has it. */
interface Entry {
  map: YAMLMap.Parsed;
  pair: Pair;
}

/** Start and end of characters to remove. */
type Cut = readonly [start: number, end: number];

/** The entries to remove, the outermost first: of the path, those that have nothing else in them. */
function entriesAt(text: string, path: readonly string[]): Entry[] {
  const entries: Entry[] = [];
  let at: unknown = parsed(text).contents;
  for (const key of path) {
    const map = isMap(at) ? (at as YAMLMap.Parsed) : null;
    const pair = map?.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (map === null || pair === undefined) return [];
    entries.push({ map, pair });
    at = pair.value;
  }
  const shared = entries.findLastIndex(({ map }) => map.items.length > 1);
  return entries.slice(Math.max(0, shared));
}

/** In the order of the text, without overlaps. */
function cuts(text: string, entries: readonly Entry[]): Cut[] {
  const [first] = entries;
  if (first?.map.flow === true) return [cutInBraces(text, first)];
  const all: Cut[] = [];
  for (const [index, { pair }] of entries.entries()) {
    const [start, keyEnd] = rangeOf(pair.key);
    const isWhole = index === entries.length - 1 || (isMap(pair.value) && pair.value.flow === true);
    all.push([text.lastIndexOf("\n", start - 1) + 1, endOfLine(text, isWhole ? endOf(pair) : keyEnd)]);
    if (isWhole) break;
  }
  return all;
}

/** The entry with the comma that follows or, of the last one, precedes it. */
function cutInBraces(text: string, { map, pair }: Entry): Cut {
  const at = map.items.indexOf(pair as (typeof map.items)[number]);
  const [next, previous] = [map.items[at + 1], map.items[at - 1]];
  const [start] = rangeOf(pair.key);
  const cut: Cut =
    next === undefined
      ? [previous === undefined ? start : endOf(previous), endOf(pair)]
      : [start, rangeOf(next.key)[0]];
  const removed = text.slice(...cut);
  if (removed.includes("\n") && removed.includes("#")) {
    const key = text.slice(...rangeOf(pair.key));
    throw new ConflictError(`The comment beside ${key} would be lost. Edit the file by hand`, {
      says: saying("settingComment", { key }),
    });
  }
  return cut;
}

function endOf({ key, value }: Pair): number {
  return Math.max(rangeOf(key)[1], value === null ? 0 : rangeOf(value)[1]);
}

function rangeOf(node: unknown): [start: number, end: number] {
  const [start, end] = (node as { range: [number, number, number] }).range;
  return [start, end];
}

/** The start of the next line; the position itself where a line begins, as after a block of text. */
function endOfLine(text: string, at: number): number {
  if (text[at - 1] === "\n") return at;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function parsed(text: string): Document.Parsed {
  return parseDocument(text, { intAsBigInt: true });
}

/** The text's value; undefined when it is not valid. */
function plainOf(text: string): unknown {
  const document = parsed(text);
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS() ?? {};
  } catch {
    // An alias without its anchor.
    return undefined;
  }
}

function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  const copy = { ...(value as Record<string, unknown>) };
  const inner = rest.length === 0 ? {} : (without(copy[key!], rest) as object);
  if (rest.length === 0 || Object.keys(inner).length === 0) delete copy[key!];
  else copy[key!] = inner;
  return copy;
}
