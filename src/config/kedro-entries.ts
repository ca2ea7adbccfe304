import type { AliasOf, TypeAlias } from "../lib/type-alias.ts";
import type { Origin, Problem } from "./errors.ts";
import { type Mapping, nest, type Tree, toPlain } from "./tree.ts";

/** Problems and warnings about the entries of a catalog. */
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
  const rewriting = new Rewriting(aliasOf, reports);
  const entries = [...catalog.entries].map(([name, entry]) => [name, rewriting.entry(name, entry)] as const);
  return { ...catalog, entries: new Map(entries) };
}

class Rewriting {
  readonly #aliasOf: AliasOf;
  readonly #reports: Reports;

  constructor(aliasOf: AliasOf, reports: Reports) {
    this.#aliasOf = aliasOf;
    this.#reports = reports;
  }

  /** An entry is also `dataset` of a partitioned one; that may be a type alone. */
  entry(name: string, entry: Tree): Tree {
    if (entry.kind !== "mapping") return entry;
    const ours = this.#asOurs(name, entry);
    const inner = ours.entries.get("dataset");
    if (inner === undefined) return ours;
    const isType = inner.kind === "scalar";
    return put(ours, ["dataset"], isType ? this.#type(inner) : this.entry(`${name}.dataset`, inner));
  }

  #type(inner: Tree): Tree {
    const type = scalarOf(inner);
    const alias = typeof type === "string" ? this.#aliasOf("", type) : null;
    if (alias === null) return inner;
    if (!("refusal" in alias)) return scalar(inner.origin, alias.type);
    this.#reports.problems.push({ origin: inner.origin, message: alias.refusal });
    return inner;
  }

  #asOurs(name: string, entry: Mapping): Mapping {
    const given = entry.entries.get("type");
    const type = scalarOf(given);
    const alias = typeof type === "string" ? this.#aliasOf(name, type) : null;
    if (alias === null || given === undefined) return entry;
    const { origin } = given;
    if ("refusal" in alias) {
      this.#reports.problems.push({ origin, message: `${name}.type: ${alias.refusal}` });
      // Nothing can be said about the options of a type that does not exist.
      return { ...entry, entries: new Map([["type", scalar(origin, "memory")]]) };
    }
    if (alias.note !== undefined)
      this.#reports.warnings.push({ origin, message: `${name}: ${type} ${alias.note}` });
    this.#checkSuffix(name, entry, alias);
    return this.#withOurKeys(name, put(entry, ["type"], scalar(origin, alias.type)), alias);
  }

  #withOurKeys(name: string, entry: Mapping, alias: TypeAlias): Mapping {
    let ours = entry;
    for (const path of alias.dropped) ours = without(ours, path.split("."));
    for (const [from, to] of Object.entries(alias.renamed))
      ours = moved(ours, from.split("."), to.split("."));
    for (const [path, values] of Object.entries(alias.harmless))
      ours = this.#withoutHarmless(name, ours, path, values);
    for (const [key, value] of Object.entries(alias.added))
      ours = put(ours, [key], scalar(entry.origin, value));
    return ours;
  }

  #checkSuffix(name: string, entry: Mapping, { suffix, type }: TypeAlias): void {
    const filepath = entry.entries.get("filepath");
    const path = scalarOf(filepath);
    if (suffix === undefined || filepath === undefined || typeof path !== "string" || path.endsWith(suffix))
      return;
    const message = `${name}.filepath: type ${type} reads and writes ${suffix} files only, found "${path}"`;
    this.#reports.problems.push({ origin: filepath.origin, message });
  }

  #withoutHarmless(name: string, entry: Mapping, path: string, values: readonly unknown[] | "any"): Mapping {
    const keys = path.split(".");
    const found = at(entry, keys);
    if (found === undefined) return entry;
    const { origin } = found;
    const value = toPlain(found);
    if (values === "any" || values.includes(value))
      this.#reports.warnings.push({ origin, message: `${name}: "${path}" has no effect in tegaki` });
    else {
      const allowed = values.map((one) => JSON.stringify(one)).join(" or ");
      const message = `${name}.${path}: ${JSON.stringify(value)} would change the data; tegaki only has ${allowed}`;
      this.#reports.problems.push({ origin, message });
    }
    return without(entry, keys);
  }
}

function scalar(origin: Origin, value: string): Tree {
  return { kind: "scalar", origin, value };
}

function scalarOf(tree: Tree | undefined): unknown {
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
  if (rest.length === 0) entries.delete(key!);
  else if (inner.kind !== "mapping") return entry;
  else {
    const left = without(inner, rest);
    if (left.entries.size === 0) entries.delete(key!);
    else entries.set(key!, left);
  }
  return { ...entry, entries };
}
