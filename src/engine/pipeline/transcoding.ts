import { isParameter } from "./parameters.ts";

const SEPARATOR = "@";

/**
 * Returns the dataset of a name: the part before the "@".
 *
 * Kedro's transcoding: `ink@csv` and `ink@json` are one dataset in two forms, each with its own entry in the catalog,
 * usually for the same file. Nodes are ordered by dataset; values are loaded and saved by form.
 */
export function datasetOf(name: string): string {
  const at = isParameter(name) ? -1 : name.indexOf(SEPARATOR);
  return at < 0 ? name : name.slice(0, at);
}

/** Whether the name includes a form: `ink@csv`. */
export function isForm(name: string): boolean {
  return datasetOf(name) !== name;
}

/** Returns why a name is malformed, as a message; null when it is well-formed. */
export function malformedForm(name: string): string | null {
  if (!isForm(name)) return null;
  const parts = name.split(SEPARATOR);
  if (parts.length === 2 && parts.every((part) => part !== "")) return null;
  return `"${name}" is not a form of a dataset: write it as dataset@form`;
}

/** Returns the names, and for each form also its dataset: `ink` for `ink@csv`. */
export function withDatasets(names: Iterable<string>): Set<string> {
  return new Set([...names].flatMap((name) => [name, datasetOf(name)]));
}

/** Returns the first dataset that is named both with and without a form, with that form; null when there is none. */
export function mixedForm(names: Iterable<string>): { dataset: string; form: string } | null {
  const all = new Set(names);
  for (const name of all) {
    if (isForm(name) && all.has(datasetOf(name))) return { dataset: datasetOf(name), form: name };
  }
  return null;
}
