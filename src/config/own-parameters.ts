import { nearest } from "../lib/nearest.ts";
import type { Problem } from "./errors.ts";
import { type Mapping, toPlain } from "./tree.ts";

/** More letters apart than this, and a key is no slip of the pen but another word. */
const MAX_EDITS = 2;

/** What nodes read beside parameters.yml, by the file that it is set in. */
const SET_ELSEWHERE: Readonly<Record<string, string>> = { gate: "server.yml" };

export interface SplitParameters {
  /** What the schema knows. */
  builtIn: Mapping;
  /** Everything else: what the project's own nodes read. */
  own: Readonly<Record<string, unknown>>;
}

/**
 * A project may have parameters of its own, of any value, beside the built-in ones. A key that is a slip of the pen
 * away from a built-in one is taken for that slip: a training with a parameter that nothing reads is the worse mistake.
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

/** Why a key cannot be a parameter of the project's own; null when it can. */
function refusal(key: string, known: readonly string[]): string | null {
  if (Object.hasOwn(SET_ELSEWHERE, key)) {
    return `"${key}" is set in ${SET_ELSEWHERE[key]}, and nodes read it as params:${key}. Set it there, or give yours another name`;
  }
  const near = nearest(key, known, MAX_EDITS);
  if (near === null) return null;
  return `unknown key "${key}". Did you mean "${near}"? A parameter of your own needs a name that is less like it`;
}
