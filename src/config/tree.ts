import type { Origin } from "./errors.ts";

/** A configuration value with the origin of each of its parts. */
export type Tree =
  | { kind: "mapping"; origin: Origin; entries: ReadonlyMap<string, Tree> }
  | { kind: "list"; origin: Origin; items: readonly Tree[] }
  | { kind: "scalar"; origin: Origin; value: unknown };

/** A tree with named entries. */
export type Mapping = Extract<Tree, { kind: "mapping" }>;

/**
 * Merges `over` into a copy of `base`. Mappings are merged key by key down to `depth` levels; all other values are
 * replaced. The result has the keys in the order of `base`, followed by the new ones.
 */
export function merge(base: Mapping, over: Mapping, depth = Number.POSITIVE_INFINITY): Mapping {
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const below = entries.get(key);
    const isMerged = depth > 1 && below?.kind === "mapping" && value.kind === "mapping";
    entries.set(key, isMerged ? merge(below, value, depth - 1) : value);
  }
  return { kind: "mapping", origin: over.origin, entries };
}

/** Returns the value without origins. Keys such as `__proto__` become ordinary own properties. */
export function toPlain(tree: Tree): unknown {
  switch (tree.kind) {
    case "mapping":
      return Object.fromEntries([...tree.entries].map(([key, value]) => [key, toPlain(value)]));
    case "list":
      return tree.items.map(toPlain);
    case "scalar":
      return tree.value;
  }
}

/** Returns the origin of the value at `path`, or of the nearest enclosing part that exists. */
export function originAt(tree: Tree, path: readonly PropertyKey[]): Origin {
  let at = tree;
  for (const key of path) {
    let next: Tree | undefined;
    if (at.kind === "mapping") next = at.entries.get(String(key));
    else if (at.kind === "list") next = at.items[Number(key)];
    if (next === undefined) break;
    at = next;
  }
  return at.origin;
}

/** Returns the dotted name of every value in it, of groups as well as of single values. */
export function namesIn(tree: Tree, prefix = ""): string[] {
  if (tree.kind !== "mapping") return [];
  return [...tree.entries].flatMap(([key, value]) => [prefix + key, ...namesIn(value, `${prefix}${key}.`)]);
}

/** Returns the value at `path`; undefined when there is none. */
export function valueAt(tree: Tree, path: readonly string[]): Tree | undefined {
  let at: Tree | undefined = tree;
  for (const key of path) at = at?.kind === "mapping" ? at.entries.get(key) : undefined;
  return at;
}

/** A mapping of one value under nested keys: `a.b` gives `{a: {b: value}}`. */
export function nest(path: readonly string[], value: Tree): Mapping {
  const [key, ...rest] = path;
  const inner = rest.length === 0 ? value : nest(rest, value);
  return { kind: "mapping", origin: value.origin, entries: new Map([[key!, inner]]) };
}

/** Returns a mapping without entries. */
export function emptyMapping(source = ""): Mapping {
  return { kind: "mapping", origin: { source, position: null }, entries: new Map() };
}
