import type { AliasOf, TypeAlias } from "../lib/type-alias.ts";
import type { Problem } from "./errors.ts";
import { type Mapping, nest, type Tree, toPlain } from "./tree.ts";

/** What is reported about the entries of a catalog. */
export interface Reports {
  problems: Problem[];
  warnings: Problem[];
}

/**
 * Rewrites the catalog entries whose type is an alias to entries of our types, the `dataset` of a partitioned one
 * included. Each value keeps its origin.
 * @param reports appended to: types and values that would change the data, and keys that have no effect.
 */
export function withOurTypes(catalog: Mapping, aliasOf: AliasOf, reports: Reports): Mapping {
  const entries = [...catalog.entries].map(([name, entry]) => [name, rewritten(name, entry)] as const);
  return { ...catalog, entries: new Map(entries) };

  function rewritten(name: string, entry: Tree): Tree {
    if (entry.kind !== "mapping") return entry;
    const type = entry.entries.get("type");
    const ours = typeof valueOf(type) === "string" ? asOurs(name, entry, String(valueOf(type))) : entry;
    const inner = ours.entries.get("dataset");
    if (inner === undefined) return ours;
    return put(
      ours,
      ["dataset"],
      inner.kind === "mapping" ? rewritten(`${name}.dataset`, inner) : ofName(inner),
    );
  }

  /** `dataset: pandas.CSVDataset`, without options. */
  function ofName(inner: Tree): Tree {
    const name = valueOf(inner);
    const alias = typeof name === "string" ? aliasOf("", name) : null;
    if (alias === null || inner.kind !== "scalar") return inner;
    if ("refusal" in alias) reports.problems.push({ origin: inner.origin, message: alias.refusal });
    return "refusal" in alias ? inner : { ...inner, value: alias.type };
  }

  function asOurs(name: string, entry: Mapping, type: string): Mapping {
    const alias = aliasOf(name, type);
    const { origin } = entry.entries.get("type")!;
    if (alias === null) return entry;
    if ("refusal" in alias) {
      reports.problems.push({ origin, message: `${name}.type: ${alias.refusal}` });
      // Its options are those of a type that does not exist: nothing more can be said about them.
      return put({ ...entry, entries: new Map() }, ["type"], { kind: "scalar", origin, value: "memory" });
    }
    if (alias.note !== undefined)
      reports.warnings.push({ origin, message: `${name}: ${type} ${alias.note}` });
    checkSuffix(name, entry, alias);
    let ours = put(entry, ["type"], { kind: "scalar", origin, value: alias.type });
    for (const path of alias.dropped) ours = without(ours, path.split("."));
    for (const [from, to] of Object.entries(alias.renamed))
      ours = moved(ours, from.split("."), to.split("."));
    for (const [path, values] of Object.entries(alias.harmless))
      ours = withoutHarmless(name, ours, path, values);
    for (const [key, value] of Object.entries(alias.added))
      ours = put(ours, [key], { kind: "scalar", origin, value });
    return ours;
  }

  function checkSuffix(name: string, entry: Mapping, { suffix, type }: TypeAlias): void {
    const filepath = entry.entries.get("filepath");
    const path = valueOf(filepath);
    if (suffix === undefined || filepath === undefined || typeof path !== "string" || path.endsWith(suffix))
      return;
    const message = `${name}.filepath: type ${type} reads and writes ${suffix} files only, found "${path}"`;
    reports.problems.push({ origin: filepath.origin, message });
  }

  function withoutHarmless(name: string, entry: Mapping, path: string, values: readonly unknown[]): Mapping {
    const keys = path.split(".");
    const found = at(entry, keys);
    if (found === undefined) return entry;
    const { origin } = found;
    if (values.includes(toPlain(found)))
      reports.warnings.push({ origin, message: `${name}: "${path}" has no effect in tegaki` });
    else {
      const message = `${name}.${path}: ${JSON.stringify(toPlain(found))} would change the data; tegaki only has ${values.map((value) => JSON.stringify(value)).join(" or ")}`;
      reports.problems.push({ origin, message });
    }
    return without(entry, keys);
  }
}

function valueOf(tree: Tree | undefined): unknown {
  return tree?.kind === "scalar" ? tree.value : undefined;
}

function at(tree: Tree, [key, ...rest]: readonly string[]): Tree | undefined {
  if (key === undefined) return tree;
  const next = tree.kind === "mapping" ? tree.entries.get(key) : undefined;
  return next === undefined ? undefined : at(next, rest);
}

/** Moves a value, unless there already is one: the new name would be ambiguous, so the old one stays an unknown key. */
function moved(entry: Mapping, from: readonly string[], to: readonly string[]): Mapping {
  const value = at(entry, from);
  return value === undefined || at(entry, to) !== undefined ? entry : put(without(entry, from), to, value);
}

function put(entry: Mapping, [key, ...rest]: readonly string[], value: Tree): Mapping {
  const inner = entry.entries.get(key!);
  const next =
    rest.length === 0 ? value : inner?.kind === "mapping" ? put(inner, rest, value) : nest(rest, value);
  return { ...entry, entries: new Map([...entry.entries, [key!, next]]) };
}

/** Removes a value, and the mappings that are empty without it. */
function without(entry: Mapping, [key, ...rest]: readonly string[]): Mapping {
  const inner = entry.entries.get(key!);
  if (inner === undefined) return entry;
  const entries = new Map(entry.entries);
  const left = rest.length > 0 && inner.kind === "mapping" ? without(inner, rest) : null;
  if (rest.length > 0 && left === null) return entry;
  if (left === null || left.entries.size === 0) entries.delete(key!);
  else entries.set(key!, left);
  return { ...entry, entries };
}
