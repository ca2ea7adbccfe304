import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Origin, Problem } from "./errors.ts";
import type { Mapping, Tree } from "./tree.ts";

/** YAML's merge key: the entries of what it points at, below those written here. */
const MERGE_KEY = "<<";
const MAX_DEPTH = 50;
/** Aliases that multiply each other (`*a` of `*b` of ...) end here. */
const MAX_ALIASES = 1000;

/** A part that cannot be used; becomes a Problem. */
class YamlProblem extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads YAML 1.2 (core schema) into a tree. Duplicate keys, keys that are not plain, unknown tags, a second document
 * and runaway aliases are problems.
 *
 * @param source the name for messages.
 * @param hasLines false for one-line sources, whose origin is then the source alone.
 * @param problems appended to.
 * @returns null when there was any problem.
 */
export function parseYaml(source: string, text: string, problems: Problem[], hasLines = true): Tree | null {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    merge: false,
  });
  const originOf = (offset: number): Origin => {
    if (!hasLines) return { source, position: null };
    const { line, col } = lines.linePos(offset);
    return { source, position: { line, column: col } };
  };
  const faults = [...document.errors, ...document.warnings];
  for (const fault of faults)
    problems.push({ origin: originOf(fault.pos[0]), message: sentence(fault.message) });
  if (faults.length > 0) return null;

  let aliases = 0;
  const build = (node: Node | null, depth: number, offset: number): Tree => {
    const start = node?.range?.[0] ?? offset;
    if (depth > MAX_DEPTH) throw new YamlProblem(start, "nests too deeply");
    if (isAlias(node)) {
      if (++aliases > MAX_ALIASES) throw new YamlProblem(start, "too many aliases");
      const target = node.resolve(document);
      if (target === undefined) throw new YamlProblem(start, `there is no anchor "&${node.source}" above`);
      return { ...build(target, depth + 1, start), origin: originOf(start) };
    }
    if (isMap(node)) return buildMapping(node, depth, start);
    if (isSeq(node)) {
      const items = node.items.map((item) => build(item as Node, depth + 1, start));
      return { kind: "list", origin: originOf(start), items };
    }
    return { kind: "scalar", origin: originOf(start), value: isScalar(node) ? node.value : null };
  };
  const buildMapping = (
    node: Parameters<typeof isMap>[0] & { items: unknown[] },
    depth: number,
    start: number,
  ): Mapping => {
    const own = new Map<string, Tree>();
    const merged = new Map<string, Tree>();
    for (const pair of node.items as { key: Node; value: Node | null }[]) {
      const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
      const offset = pair.key.range?.[0] ?? start;
      const value = build(pair.value, depth + 1, offset);
      if (key !== MERGE_KEY) {
        own.set(key, { ...value, origin: originOf(offset) });
        continue;
      }
      for (const part of value.kind === "list" ? value.items : [value]) {
        if (part.kind !== "mapping")
          throw new YamlProblem(offset, `"${MERGE_KEY}" takes a mapping or a list of them`);
        for (const [name, inner] of part.entries) if (!merged.has(name)) merged.set(name, inner);
      }
    }
    return { kind: "mapping", origin: originOf(start), entries: new Map([...merged, ...own]) };
  };

  try {
    return build(document.contents as Node | null, 0, 0);
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    problems.push({ origin: originOf(error.offset), message: error.message });
    return null;
  }
}

/** On one line, starting small, to follow "file:line:column: ". */
function sentence(message: string): string {
  const text = message.replaceAll(/\s*\n\s*/g, " ").trim();
  return text.charAt(0).toLowerCase() + text.slice(1);
}
