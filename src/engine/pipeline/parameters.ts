import { nearest } from "../../lib/nearest.ts";
import { DatasetError } from "../errors.ts";

/** The name of the input that holds all parameters at once. */
export const ALL_PARAMETERS = "parameters";
const PREFIX = "params:";

type Parameters = Readonly<Record<string, unknown>>;

/** Whether an input's name refers to parameters (`parameters`, `params:a.b`), not to a dataset. */
export function isParameter(name: string): boolean {
  return name === ALL_PARAMETERS || name.startsWith(PREFIX);
}

/** Returns `params:a.b` for `a.b`; a name that already has the prefix is returned unchanged. */
export function parameterName(path: string): string {
  return path.startsWith(PREFIX) ? path : PREFIX + path;
}

/** Whether `name` (`parameters` or `params:a.b`) has a value, null included. */
export function hasParameter(parameters: Parameters, name: string): boolean {
  return find(parameters, name) !== undefined;
}

/**
 * Returns the value of `parameters` or `params:a.b`.
 * @throws DatasetError naming the parameter, and the nearest one that exists.
 */
export function readParameter(parameters: Parameters, name: string): unknown {
  const found = find(parameters, name);
  if (found === undefined) throw new DatasetError(missingParameter(parameters, name));
  return found.value;
}

/** Returns the message that `name` does not exist, with the nearest name that does. */
export function missingParameter(parameters: Parameters, name: string): string {
  const near = nearest(name, parameterNames(parameters));
  return `Parameter "${name}" does not exist${near === null ? "" : `. Did you mean "${near}"?`}`;
}

function find(parameters: Parameters, name: string): { value: unknown } | undefined {
  if (name === ALL_PARAMETERS) return { value: parameters };
  let value: unknown = parameters;
  for (const key of name.slice(PREFIX.length).split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value === undefined ? undefined : { value };
}

/** Returns the `params:` name of every value, including nested ones. */
function parameterNames(parameters: Parameters, prefix = PREFIX): string[] {
  return Object.entries(parameters).flatMap(([key, value]) => {
    const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
    return [prefix + key, ...(isGroup ? parameterNames(value as Parameters, `${prefix}${key}.`) : [])];
  });
}
