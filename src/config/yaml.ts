import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from "yaml";
import type { Origin, Problem } from "./errors.ts";
import type { Tree } from "./tree.ts";

/** YAML's merge key: adds the entries of the mapping it points to; keys written next to it take precedence. */
const MERGE_KEY = "<<";
const MAX_DEPTH = 50;
/** The limit for aliases that multiply each other (`*a` of `*b` of ...). */
const MAX_ALIASES = 1000;

/**
 * Reads YAML 1.2 (core schema) into a tree. Duplicate keys, keys that are not scalars, unknown tags, a second document
 * and runaway aliases are problems.
 *
 * @param source the name for messages.
 * @param problems appended to.
 * @param hasLines false for one-line sources, whose origin is then the source alone.
 * @returns null when there was any problem.
 */
export function parseYaml(source: string, text: string, problems: Problem[], hasLines = true): Tree | null {
  const lineCounter = new LineCounter();
  const options = { lineCounter, prettyErrors: false, stringKeys: true, merge: false };
  const document = parseDocument<Node>(text, options);
  const originOf = (offset: number): Origin => {
    const { line, col } = lineCounter.linePos(offset);
    return { source, position: hasLines ? { line, column: col } : null };
  };
  const faults = [...document.errors, ...document.warnings];
  for (const { pos, message } of faults)
    problems.push({ origin: originOf(pos[0]), message: sentence(message) });
  if (faults.length > 0) return null;
  try {
    return new TreeBuilder(document, originOf).build(document.contents, 0, 0);
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    problems.push({ origin: originOf(error.offset), message: error.message });
    return null;
  }
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

/** Puts the message on one line, with a lower-case first letter, to follow "file:line:column: ". */
function sentence(message: string): string {
  const text = message.replaceAll(/\s*\n\s*/g, " ").trim();
  return text.charAt(0).toLowerCase() + text.slice(1);
}
