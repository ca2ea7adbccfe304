import type { DatasetConfig } from "../catalog/dataset.ts";
import { isParameter } from "../pipeline/parameters.ts";
import { hashOf } from "./canonical.ts";

/** Everything that a node's outputs depend on, each part as a hash or a short text. */
export interface NodeIdentity {
  /** The content of each input, by name; of a parameter, its value. */
  inputs: Readonly<Record<string, string>>;
  /** The catalog entry of each input and output that has one, by name. */
  entries: Readonly<Record<string, string>>;
  /** The names of its inputs and outputs, and how they are passed. */
  wiring: string;
  /** The function of the node. */
  code: string;
  /** All code that functions call. */
  program: string;
}

/** Keys of a catalog entry that change neither what is loaded nor what is saved. */
const WITHOUT_EFFECT: readonly string[] = ["metadata", "retain"];

/**
 * Returns a hash of everything in a catalog entry that changes what is loaded or saved. Placeholders of a dataset
 * factory and globals are already resolved in it; of credentials it has the name, never the secrets.
 */
export function entryHash(config: DatasetConfig): string {
  const withEffect = Object.entries(config).filter(([key]) => !WITHOUT_EFFECT.includes(key));
  return hashOf(Object.fromEntries(withEffect));
}

/** Returns the identity as a string: equal identities have equal keys. */
export function keyOf({ inputs, entries, wiring, code, program }: NodeIdentity): string {
  return JSON.stringify({ inputs: sorted(inputs), entries: sorted(entries), wiring, code, program });
}

/**
 * Returns what has changed between two keys, as the end of the sentence "recomputed: …"; null when the earlier key is
 * of a release that did not record parts, or the keys are equal.
 */
export function changeBetween(before: string, now: string): string | null {
  if (before === now || !before.startsWith("{")) return null;
  const [old, current] = [JSON.parse(before) as NodeIdentity, JSON.parse(now) as NodeIdentity];
  if (old.wiring !== current.wiring) return "its inputs or outputs changed";
  const entries = differing(old.entries, current.entries);
  if (entries.length > 0) return `catalog ${named("entry", "entries", entries)} changed`;
  const inputs = differing(old.inputs, current.inputs);
  if (inputs.length > 0) return `${inputs.map(inputName).join(", ")} changed`;
  return old.code === current.code ? "the program or a file in src changed" : "its code changed";
}

function named(one: string, several: string, names: readonly string[]): string {
  return `${names.length === 1 ? one : several} of ${names.map((name) => `"${name}"`).join(", ")}`;
}

function inputName(name: string): string {
  return isParameter(name) ? name : `dataset "${name}"`;
}

function differing(a: NodeIdentity["inputs"], b: NodeIdentity["inputs"]): string[] {
  const [before, now] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return [...new Set([...now.keys(), ...before.keys()])].filter((name) => before.get(name) !== now.get(name));
}

function sorted(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
