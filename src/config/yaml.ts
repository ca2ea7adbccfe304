import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from "yaml";
import { readYamlText, type TwoReadings } from "../lib/yaml-document.ts";
import type { Origin, Problem } from "./errors.ts";
import type { Tree } from "./tree.ts";

/** YAML's merge key: adds the entries of the mapping it points to; keys written next to it take precedence. */
const MERGE_KEY = "<<";
const MAX_DEPTH = 50;
/** The limit for aliases that multiply each other (`*a` of `*b` of ...). */
const MAX_ALIASES = 1000;

/** How a source is read. */
export interface YamlOptions {
  /** False for one-line sources, whose origin is then the source alone. True by default. */
  hasLines?: boolean;
  /** Appended to: values that YAML 1.1, and so Kedro, reads differently. */
  warnings?: Problem[];
  /** Whether `a.b: 1` is a problem: a key that was meant to be nested. A key in quotes is taken as it is. */
  isDotRefused?: boolean;
}

/**
 * Reads YAML into a tree, by the rules of `readYamlText`. Everything that it finds wrong is a problem; so are runaway
 * aliases.
 *
 * @param source the name for messages.
 * @param problems appended to.
 * @returns null when there was any problem.
 */
export function parseYaml(
  source: string,
  text: string,
  problems: Problem[],
  { hasLines = true, warnings = [], isDotRefused = false }: YamlOptions = {},
): Tree | null {
  const { document, faults, twoReadings, placeOf } = readYamlText(text);
  const originOf = (offset: number): Origin => ({ source, position: hasLines ? placeOf(offset) : null });
  const found = isDotRefused ? [...faults, ...dottedKeys(document)] : faults;
  for (const { offset, message } of found) problems.push({ origin: originOf(offset), message });
  if (found.length > 0) return null;
  for (const reading of twoReadings)
    warnings.push({ origin: originOf(reading.offset), message: differenceOf(reading, hasLines) });
  try {
    return new TreeBuilder(document, originOf).build(document.contents, 0, 0);
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    problems.push({ origin: originOf(error.offset), message: error.message });
    return null;
  }
}

function differenceOf({ source, value, value11 }: TwoReadings, isFile: boolean): string {
  const show = (one: unknown) => (typeof one === "string" ? `the text "${one}"` : String(one));
  const choices = [String([value, value11].find((one) => typeof one !== "string"))];
  if (typeof value === "string" || typeof value11 === "string") choices.push(`"${source}" in quotes`);
  if (isFile) choices.push("start the file with a line %YAML 1.1 and a line ---");
  return `${source} is ${show(value)} here, and ${show(value11)} in YAML 1.1 (Kedro's). Write ${choices.join(", or ")}`;
}

/** Returns a fault for each key like `a.b`, which was meant to be nested. */
function dottedKeys(document: Document): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.type !== "PLAIN" || !String(key.value).includes(".")) return;
      const [first, ...rest] = String(key.value).split(".");
      const nested = rest.reduceRight((inner, name) => `{ ${name}: ${inner} }`, "…");
      const message = `the full stop in the key "${String(key.value)}" does not nest. Write ${first}: ${nested}, or put the key in quotes if the full stop is part of it`;
      found.push({ offset: key.range?.[0] ?? 0, message });
    },
  });
  return found;
}

/** An invalid part of the document; becomes a Problem. */
class YamlProblem extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

class TreeBuilder {
  #aliases = 0;
  readonly #document: Document;
  readonly #originOf: (offset: number) => Origin;

  constructor(document: Document, originOf: (offset: number) => Origin) {
    this.#document = document;
    this.#originOf = originOf;
  }

  /** @param offset the place to report for a node without one: that of the key of an empty value. */
  build(node: Node | null | undefined, depth: number, offset: number): Tree {
    const start = node?.range?.[0] ?? offset;
    const origin = this.#originOf(start);
    if (depth > MAX_DEPTH) throw new YamlProblem(start, "nests too deeply");
    if (isAlias(node)) {
      if (++this.#aliases > MAX_ALIASES) throw new YamlProblem(start, "too many aliases");
      const target = node.resolve(this.#document);
      if (target === undefined) throw new YamlProblem(start, `there is no anchor "&${node.source}" above`);
      return { ...this.build(target, depth + 1, start), origin };
    }
    if (isMap(node)) return { kind: "mapping", origin, entries: this.#entries(node, depth, start) };
    if (isSeq(node)) {
      const items = node.items.map((item) => this.build(item as Node, depth + 1, start));
      return { kind: "list", origin, items };
    }
    return { kind: "scalar", origin, value: isScalar(node) ? node.value : null };
  }

  #entries(map: YAMLMap, depth: number, start: number): Map<string, Tree> {
    const own = new Map<string, Tree>();
    const merged = new Map<string, Tree>();
    for (const { key, value } of map.items as Pair<Node, Node>[]) {
      const name = String(isScalar(key) ? key.value : key);
      const offset = key.range?.[0] ?? start;
      const tree = this.build(value, depth + 1, offset);
      if (name !== MERGE_KEY) own.set(name, { ...tree, origin: this.#originOf(offset) });
      else
        for (const [inner, part] of mergedEntries(tree, offset))
          if (!merged.has(inner)) merged.set(inner, part);
    }
    return new Map([...merged, ...own]);
  }
}

/** Returns the entries that a merge key points to: those of a mapping, or of a list of which the first wins. */
function mergedEntries(tree: Tree, offset: number): (readonly [string, Tree])[] {
  return (tree.kind === "list" ? tree.items : [tree]).flatMap((part) => {
    if (part.kind !== "mapping")
      throw new YamlProblem(offset, `"${MERGE_KEY}" expects a mapping or a list of mappings`);
    return [...part.entries];
  });
}
