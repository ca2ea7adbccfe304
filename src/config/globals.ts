import { didYouMean } from "../lib/nearest.ts";
import type { Origin, Problem } from "./errors.ts";
import { type Mapping, type Tree, toPlain } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** `${resolver:argument}`, which a backslash in front escapes. */
const INTERPOLATION = /\\?\$\{([^{}]*)\}/g;
const GLOBALS = /^\s*globals\s*:\s*([^,\s]+)\s*(?:,(.*))?$/s;

/**
 * Replaces Kedro's interpolations: `${globals:a.b}` is a value of globals.yml, and `${globals:a.b,default}` has a
 * default for a missing one. On its own it keeps the value's type, including lists and mappings; within a string it is
 * inserted as text. `\${` is a literal `${`. As in Kedro, keys that start with "_" cannot be referenced.
 *
 * @param problems appended to: unknown names, lists and mappings within a string, and every other `${...}`.
 */
export function interpolate<T extends Tree>(tree: T, globals: Mapping, problems: Problem[]): T {
  const walk = (at: Tree): Tree => {
    switch (at.kind) {
      case "mapping":
        return { ...at, entries: new Map([...at.entries].map(([key, value]) => [key, walk(value)])) };
      case "list":
        return { ...at, items: at.items.map(walk) };
      case "scalar":
        return typeof at.value === "string" && at.value.includes("${")
          ? interpolated(at.value, at.origin, globals, problems)
          : at;
    }
  };
  return walk(tree) as T;
}

/** Returns a string of a configuration file that `interpolate` reads as this text. */
export function withoutInterpolation(text: string): string {
  return text.replaceAll(/\$\{(?=[^{}]*\})/g, "\\${");
}

function interpolated(text: string, origin: Origin, globals: Mapping, problems: Problem[]): Tree {
  const find = (argument: string) => {
    const found = resolve(argument, origin, globals);
    if (typeof found !== "string") return found;
    problems.push({ origin, message: found });
    return null;
  };
  const [whole] = [...text.matchAll(INTERPOLATION)];
  if (whole !== undefined && whole[0] === text && !text.startsWith("\\")) {
    const found = find(whole[1]!);
    return found === null ? { kind: "scalar", origin, value: null } : { ...found, origin };
  }
  const value = text.replaceAll(INTERPOLATION, (part: string, argument: string) => {
    if (part.startsWith("\\")) return part.slice(1);
    const found = find(argument);
    if (found === null) return "";
    if (found.kind === "scalar") return String(found.value);
    problems.push({ origin, message: `"${part}" is a ${found.kind} and cannot be part of a string` });
    return "";
  });
  return { kind: "scalar", origin, value };
}

/** Returns the value, or the message why there is none. */
function resolve(argument: string, origin: Origin, globals: Mapping): Tree | string {
  const match = GLOBALS.exec(argument);
  if (match === null) {
    return `unknown interpolation "\${${argument}}". Use \${globals:name} or \${globals:name,default}, or \\\${ for a literal \${`;
  }
  const [, name, fallback] = match as unknown as [string, string, string | undefined];
  const path = name.split(".");
  if (path.some((key) => key.startsWith("_")))
    return `globals: "${name}" starts with "_" and cannot be referenced`;
  let at: Tree | undefined = globals;
  for (const key of path) at = at?.kind === "mapping" ? at.entries.get(key) : undefined;
  if (at !== undefined) return at;
  if (fallback === undefined) {
    const hint = didYouMean(name, namesOf(toPlain(globals), ""));
    return `globals.yml has no "${name}", and there is no default${hint}`;
  }
  const found: Problem[] = [];
  const value = parseYaml(origin.source, fallback.trim(), found, false);
  return value ?? `the default of "${name}" is malformed: ${found[0]?.message}`;
}

function namesOf(value: unknown, prefix: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    prefix + key,
    ...namesOf(inner, `${prefix}${key}.`),
  ]);
}
