import { isParameter } from "./parameters.ts";

const SEPARATOR = "@";

/**
 * Kedro's transcoding: `ink@csv` and `ink@json` are one dataset in two forms, each with its own entry in the catalog,
 * usually on the same file. Nodes are put in order by the dataset, values are loaded and saved by the form.
 *
 * @returns the dataset of a name: what is before the "@".
 */
export function datasetOf(name: string): string {
  const at = isParameter(name) ? -1 : name.indexOf(SEPARATOR);
  return at < 0 ? name : name.slice(0, at);
}

/** Whether the name says a form of a dataset. */
export function isForm(name: string): boolean {
  return datasetOf(name) !== name;
}

/** Why a name cannot be; null when it can. */
export function malformedForm(name: string): string | null {
  if (!isForm(name)) return null;
  const parts = name.split(SEPARATOR);
  if (parts.length === 2 && parts.every((part) => part !== "")) return null;
  return `"${name}" is no form of a dataset: that is written dataset@form`;
}

/** Names of which every one is found under the dataset, too: `ink` for `ink@csv`. */
export function withDatasets(names: Iterable<string>): Set<string> {
  return new Set([...names].flatMap((name) => [name, datasetOf(name)]));
}

/** The first dataset that is named both as it is and by a form, with that form; null when there is none. */
export function mixedForm(names: Iterable<string>): { dataset: string; form: string } | null {
  const all = new Set(names);
  for (const name of all) {
    if (isForm(name) && all.has(datasetOf(name))) return { dataset: datasetOf(name), form: name };
  }
  return null;
}
