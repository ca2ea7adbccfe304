import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { messageOf } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import { type Problem, placeOf } from "./errors.ts";
import { emptyMapping, type Mapping } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** The kinds of config file; `parameters_anything.yml` adds to `parameters.yml` of the same folder. */
export const FILES = ["catalog", "globals", "parameters", "server"] as const;
export type ConfigFile = (typeof FILES)[number];

/** One environment: what its files say, each kind merged into one mapping. */
export type Layer = Record<ConfigFile, Mapping>;

const NAME_PATTERN = /^(catalog|globals|parameters|server)(_[\w-]+)?\.ya?ml$/;

/**
 * One environment from texts by file name.
 * @param label gives the name for messages from a file's name.
 * @param problems appended to: malformed YAML, a root that is no mapping, unknown file names, and a key that two
 *   files of the environment set.
 */
export function readLayer(
  texts: Readonly<Record<string, string>>,
  label: (file: string) => string,
  problems: Problem[],
): Layer {
  const layer: Layer = {
    catalog: emptyMapping(),
    globals: emptyMapping(),
    parameters: emptyMapping(),
    server: emptyMapping(),
  };
  for (const [name, text] of Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const source = label(name);
    const file = NAME_PATTERN.exec(name)?.[1] as ConfigFile | undefined;
    if (file === undefined) {
      const hint = didYouMean(
        name,
        FILES.map((kind) => `${kind}.yml`),
      );
      problems.push({ origin: { source, position: null }, message: `is no config file that is read${hint}` });
      continue;
    }
    const tree = parseYaml(source, text, problems);
    if (tree === null || (tree.kind === "scalar" && tree.value === null)) continue;
    if (tree.kind === "mapping") layer[file] = joined(layer[file], tree, problems);
    else problems.push({ origin: tree.origin, message: "expected keys with values (key: value)" });
  }
  return layer;
}

/**
 * The YAML files of a folder, by name.
 * @param isWanted which of them are read.
 * @returns null when the folder does not exist.
 * @param problems appended to: a file or the folder that cannot be read.
 */
export async function readFolder(
  folder: string,
  label: (file: string) => string,
  problems: Problem[],
  isWanted: (file: string) => boolean = () => true,
): Promise<Record<string, string> | null> {
  const fail = (name: string, error: unknown) =>
    problems.push({
      origin: { source: label(name), position: null },
      message: `cannot be read: ${messageOf(error)}`,
    });
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    fail("", error);
    return {};
  }
  const texts: Record<string, string> = {};
  for (const name of names.filter((file) => /\.ya?ml$/.test(file) && isWanted(file))) {
    try {
      texts[basename(name)] = new TextDecoder("utf-8", { fatal: true }).decode(
        await readFile(join(folder, name)),
      );
    } catch (error) {
      fail(name, error);
    }
  }
  return texts;
}

/** Two files of one environment side by side: no key may be in both. */
function joined(first: Mapping, second: Mapping, problems: Problem[]): Mapping {
  for (const [key, value] of second.entries) {
    const other = first.entries.get(key);
    if (other === undefined) continue;
    const message = `"${key}" is also set at ${placeOf(other.origin)}; one environment may set a key once`;
    problems.push({ origin: value.origin, message });
  }
  return { ...second, entries: new Map([...first.entries, ...second.entries]) };
}
