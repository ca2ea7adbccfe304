import type { Origin, Problem } from "./errors.ts";
import type { Tree } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** A tree as JSON, without the name of its source; line and column are 0 for a value without a position. */
type TreeJson = [line: number, column: number, ...value: ValueJson];
type ValueJson =
  | [kind: "mapping", entries: [key: string, value: TreeJson][]]
  | [kind: "list", items: TreeJson[]]
  | [kind: "scalar", value: unknown];

/** Trees of texts that were read before, by the texts' hashes. */
export type KnownTrees = Readonly<Record<string, TreeJson>>;

/**
 * Reads strings for `knownTree`: those built into the executable, so that a start need not read them again, which is a
 * fifth of its time.
 *
 * @returns their trees; none for texts with a problem or a warning, which are read when they are needed, and report it.
 */
export function readKnownTrees(texts: readonly string[]): KnownTrees {
  const trees: Record<string, TreeJson> = {};
  for (const text of texts) {
    const problems: Problem[] = [];
    const warnings: Problem[] = [];
    const tree = parseYaml("", text, problems, { warnings, isDotRefused: true });
    if (tree !== null && warnings.length === 0) trees[hashOf(text)] = toJson(tree);
  }
  return trees;
}

/**
 * Returns what `parseYaml` returns for this string.
 * @param source the name for messages.
 * @returns null for another text than those that were read.
 */
export function knownTree(known: KnownTrees, source: string, text: string): Tree | null {
  const found = known[hashOf(text)];
  return found === undefined ? null : fromJson(found, source);
}

/** SHA-256 in hex: contents that have changed since they were read have another one. */
function hashOf(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}

function toJson(tree: Tree): TreeJson {
  const { line, column } = tree.origin.position ?? { line: 0, column: 0 };
  switch (tree.kind) {
    case "mapping":
      return [line, column, "mapping", [...tree.entries].map(([key, value]) => [key, toJson(value)])];
    case "list":
      return [line, column, "list", tree.items.map(toJson)];
    case "scalar":
      return [line, column, "scalar", tree.value];
  }
}

function fromJson([line, column, ...value]: TreeJson, source: string): Tree {
  const origin: Origin = { source, position: line === 0 ? null : { line, column } };
  switch (value[0]) {
    case "mapping": {
      const entries = value[1].map(([key, inner]) => [key, fromJson(inner, source)] as const);
      return { kind: "mapping", origin, entries: new Map(entries) };
    }
    case "list":
      return { kind: "list", origin, items: value[1].map((item) => fromJson(item, source)) };
    case "scalar":
      return { kind: "scalar", origin, value: value[1] };
  }
}
