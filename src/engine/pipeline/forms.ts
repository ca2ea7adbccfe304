import { didYouMean } from "../../lib/nearest.ts";

/*
 * Project code is not type-checked when it is loaded: these are the checks of the forms that the types promise. Each
 * returns a message that continues a sentence, or null.
 */

/** Whether the value is an object with fields of its own: not a list, a Set, a Map or an instance of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Describes a value by its kind: `a Set`, `an array`, `undefined`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  const name = value.constructor?.name ?? "Object";
  return name === "Object" ? "an object" : `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
}

/** Checks names of datasets: a string, a list of strings, an object with strings, or null. */
export function namesProblem(what: string, names: unknown): string | null {
  if (names === null || names === undefined || typeof names === "string") return null;
  const isForm = Array.isArray(names) || isPlainObject(names);
  if (!isForm)
    return `${what} must be a string, a list of strings or an object with strings, found ${kindOf(names)}`;
  const [wrong] = Object.values(names)
    .filter(isNoName)
    .map((name) => JSON.stringify(name) ?? kindOf(name));
  return wrong === undefined ? null : `dataset names must be strings, found ${wrong} in ${what}`;
}

function isNoName(name: unknown): boolean {
  return typeof name !== "string" || name === "";
}

/** Checks tags: a string, or a list or Set of strings. */
export function tagsProblem(tags: unknown): string | null {
  if (tags === undefined || typeof tags === "string") return null;
  const list = tags instanceof Set ? [...tags] : tags;
  if (!Array.isArray(list)) return `tags must be a string or a list of strings, found ${kindOf(tags)}`;
  const [wrong] = list.filter((tag) => typeof tag !== "string").map(kindOf);
  return wrong === undefined ? null : `tags must be strings, found ${wrong}`;
}

/** Checks an argument that must be a string if it is there. */
export function textProblem(what: string, value: unknown): string | null {
  return value === undefined || typeof value === "string"
    ? null
    : `${what} must be a string, found ${kindOf(value)}`;
}

/**
 * Checks the keys of an object of options.
 * @param missing reasons for keys that Kedro has and tegaki does not.
 */
export function keyProblems(
  options: object,
  known: readonly string[],
  missing: Readonly<Record<string, string>> = {},
): string[] {
  return Object.keys(options)
    .filter((key) => !known.includes(key))
    .map((key) => {
      if (Object.hasOwn(missing, key)) return `"${key}" does not exist here: ${missing[key]}`;
      return `unknown key "${key}"${didYouMean(key, known) || `. Known keys: ${known.join(", ")}`}`;
    });
}

/** Checks the arguments of a method that takes any number of names: `.tag("a", "b")`. */
export function spreadProblem(method: string, names: readonly unknown[]): string | null {
  const [wrong] = names.filter((name) => typeof name !== "string").map(kindOf);
  if (wrong === undefined) return null;
  return `${method}() takes names as separate strings, .${method}("a", "b"), found ${wrong}`;
}
