import * as v from "valibot";
import { MOST_CHECKS, TOO_MANY_CHECKS } from "../domain/queue/labelling-rules.ts";
import { nearest } from "../lib/nearest.ts";
import { type Saying, saying } from "../lib/saying.ts";
import type { Problem } from "./errors.ts";
import { type Mapping, originAt, type Tree, toPlain } from "./tree.ts";

/**
 * Checks a tree against a schema of closed objects.
 * @param problems appended to: every problem found.
 * @returns the value, or null when there was a problem.
 */
export function validate<const T extends v.GenericSchema>(
  schema: T,
  tree: Mapping,
  problems: Problem[],
): v.InferOutput<T> | null {
  const before = problems.length;
  addUnknownKeys(schema, tree, [], problems);
  // The library takes a list for a mapping without keys, and would name each of them as missing.
  const lists = addLists(schema, tree, [], problems);
  const result = v.safeParse(schema, toPlain(tree));
  for (const issue of result.issues ?? []) {
    const path = (issue.path ?? []).map((item) => item.key as PropertyKey);
    if (lists.some((list) => list.every((key, n) => key === path[n]))) continue;
    const origin = originAt(tree, path);
    const name = path.join(".");
    // A flag or a variable already names its key.
    const isNamed = origin.key === name;
    const [reason, says] = [reasonOf(issue), sayingOf(issue)];
    const message = isNamed ? reason : `${name}: ${reason}`;
    problems.push({
      ...{ origin, message, says: isNamed ? says : undefined },
      at: { path: name, message: reason, says },
    });
  }
  return problems.length > before ? null : (result.output as v.InferOutput<T>);
}

/**
 * Checks the types and options of datasets.
 * @param types the options of each known type.
 */
export function checkDatasetTypes(
  catalog: Mapping,
  types: Readonly<Record<string, readonly string[]>>,
  problems: Problem[],
): void {
  for (const [name, entry] of catalog.entries) {
    const type = entry.kind === "mapping" ? entry.entries.get("type") : undefined;
    if (entry.kind !== "mapping" || type?.kind !== "scalar" || typeof type.value !== "string") continue;
    // A dataset factory may leave the type to the name: `"{name}.{type}"`.
    if (name.includes("{") && type.value.includes("{")) continue;
    if (!Object.hasOwn(types, type.value)) {
      const message = unknownName(`${name}.type`, type.value, Object.keys(types));
      problems.push({ origin: type.origin, message });
      continue;
    }
    const known = ["type", "metadata", "validator", ...types[type.value]!];
    for (const [key, value] of entry.entries) {
      if (!known.includes(key))
        problems.push({ origin: value.origin, message: unknownName(name, key, known) });
    }
  }
}

function addUnknownKeys(
  schema: v.GenericSchema,
  tree: Tree,
  path: readonly string[],
  problems: Problem[],
): void {
  if (tree.kind !== "mapping") return;
  const entries = entriesOf(schema);
  if (entries === null) return;
  for (const [key, value] of tree.entries) {
    if (Object.hasOwn(entries, key)) addUnknownKeys(entries[key]!, value, [...path, key], problems);
    else
      problems.push({
        origin: value.origin,
        message: unknownName(path.join("."), key, Object.keys(entries)),
      });
  }
}

/** Adds a problem for each list in the place of a mapping. @returns their paths. */
function addLists(
  schema: v.GenericSchema,
  tree: Tree,
  path: readonly string[],
  problems: Problem[],
): string[][] {
  const entries = entriesOf(schema);
  if (entries === null) return [];
  if (tree.kind === "list") {
    const name = path.join(".");
    const reason = `must be a mapping, found ${show(toPlain(tree))}`;
    problems.push({
      origin: tree.origin,
      message: `${name}: ${reason}`,
      at: { path: name, message: reason },
    });
    return [[...path]];
  }
  if (tree.kind !== "mapping") return [];
  return Object.entries(entries).flatMap(([key, inner]) => {
    const value = tree.entries.get(key);
    return value === undefined ? [] : addLists(inner, value, [...path, key], problems);
  });
}

/** Returns the keys of a closed object, also within `nullable`; null for a schema that allows any key or has none. */
function entriesOf(schema: v.GenericSchema): Record<string, v.GenericSchema> | null {
  if ("wrapped" in schema) return entriesOf(schema.wrapped as v.GenericSchema);
  return schema.type === "object" && "entries" in schema
    ? (schema.entries as Record<string, v.GenericSchema>)
    : null;
}

function unknownName(where: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const kind = where.endsWith(".type") ? "type" : "key";
  const hint = near === null ? `Known ${kind}s: ${known.join(", ")}` : `Did you mean "${near}"?`;
  return `${where === "" ? "" : `${where}: `}unknown ${kind} "${name}". ${hint}`;
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.path?.at(-1)?.type === "object" && issue.input === undefined) return "is missing";
  return issue.message.includes("found") ? issue.message : `${issue.message}, found ${show(issue.input)}`;
}

/** The sayings of the reasons that a number is refused for, by the kind of check. */
const NUMBER_CHECKS: Readonly<Record<string, string>> = {
  number: "number",
  integer: "integer",
  min_value: "min",
  max_value: "max",
  gt_value: "above",
  lt_value: "below",
};

function sayingOf({ type, message, requirement, input }: v.BaseIssue<unknown>): Saying | undefined {
  if (message === TOO_MANY_CHECKS) return saying("param.checks", { bound: MOST_CHECKS, found: show(input) });
  if (!Object.hasOwn(NUMBER_CHECKS, type)) return undefined;
  // The schema asks for a number with the words for a whole one where it must be one.
  const key = message === "must be a whole number" ? "integer" : NUMBER_CHECKS[type];
  const bound = typeof requirement === "number" ? { bound: requirement } : null;
  return saying(`param.${key}`, { ...bound, found: show(input) });
}

function show(value: unknown): string {
  // JSON has no infinity: it would say null.
  const isJson = typeof value !== "number" || Number.isFinite(value);
  const text = (isJson ? JSON.stringify(value) : undefined) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
