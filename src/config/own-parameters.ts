import { nearest } from "../lib/nearest.ts";
import type { Problem } from "./errors.ts";
import { type Mapping, toPlain } from "./tree.ts";

/** A key that differs by more letters than this is a different word, not a typo. */
const MAX_EDITS = 2;

/** Keys that nodes read as parameters although they are set in another file, with the name of that file. */
export const SET_ELSEWHERE: Readonly<Record<string, string>> = { gate: "server.yml" };

/** The content of parameters.yml, divided by who reads it. */
export interface SplitParameters {
  /** The keys of the schema. */
  builtIn: Mapping;
  /** All other keys, which the project's own nodes read. */
  own: Readonly<Record<string, unknown>>;
}

/**
 * Separates the project's own parameters, which may have any value, from the built-in ones. An unknown key that is
 * within two edits of a built-in one is taken for a typo: training with a parameter that no node reads would be worse.
 *
 * @param known the built-in keys.
 * @param problems appended to: near misses, and keys that are set in another file.
 */
export function splitParameters(
  tree: Mapping,
  known: readonly string[],
  problems: Problem[],
): SplitParameters {
  const builtIn = new Map([...tree.entries].filter(([key]) => known.includes(key)));
  const own = new Map([...tree.entries].filter(([key]) => !known.includes(key)));
  for (const [key, { origin }] of own) {
    const message = refusal(key, known);
    if (message !== null) problems.push({ origin, message });
  }
  return {
    builtIn: { ...tree, entries: builtIn },
    own: toPlain({ ...tree, entries: own }) as Record<string, unknown>,
  };
}

/** Returns why a key cannot be one of the project's own parameters, as a message; null when it can. */
function refusal(key: string, known: readonly string[]): string | null {
  if (Object.hasOwn(SET_ELSEWHERE, key)) {
    return `"${key}" is set in ${SET_ELSEWHERE[key]}, and nodes read it as params:${key}. Set it there, or rename your parameter`;
  }
  const near = nearest(key, known, MAX_EDITS);
  if (near === null) return null;
  return `unknown key "${key}". Did you mean "${near}"? If it is a parameter of your own, choose a name that is less similar`;
}
