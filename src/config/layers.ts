import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { messageOf } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import { type Problem, placeOf } from "./errors.ts";
import { type KnownTrees, knownTree } from "./known-trees.ts";
import { emptyMapping, type Mapping } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** The kinds of config file; see `kindOf` for the file names. */
const FILES = ["catalog", "globals", "parameters", "server"] as const;
/** One kind of config file. */
type ConfigFile = (typeof FILES)[number];

/** The content of one environment: the files of each kind, merged into one mapping. */
export type Layer = Record<ConfigFile, Mapping>;

const EXTENSION = /\.(ya?ml|json)$/;
const NAME_PATTERN = /^(?:(catalog|parameters)[^/]*|(globals|server)(?:_[\w-]+)?)\.(?:ya?ml|json)$/;
const FOLDER_PATTERN = /^(catalog|parameters)[^/]*\//;

/**
 * Returns the kind of a file by Kedro's patterns: a file whose name starts with `catalog`, in any folder, and every
 * file in a folder whose name does; the same for `parameters`. `server_more.yml` adds to `server.yml`.
 * @param path relative to the environment's folder, with "/".
 * @returns null for a file that is not read.
 */
function kindOf(path: string): ConfigFile | null {
  const byName = NAME_PATTERN.exec(path.slice(path.lastIndexOf("/") + 1));
  const kind =
    byName?.[1] ?? (path.includes("/") ? undefined : byName?.[2]) ?? FOLDER_PATTERN.exec(path)?.[1];
  return (kind ?? null) as ConfigFile | null;
}

/**
 * Reads one environment.
 * @param texts the files' content by path.
 * @param label returns the name of a file for messages.
 * @param problems appended to: malformed YAML, a root that is not a mapping, unknown file names, and a key that two
 *   files of the environment set.
 * @param warnings appended to: values that YAML 1.1 reads differently.
 * @param known trees of texts that were read before, without a problem or a warning.
 */
export function readLayer(
  texts: Readonly<Record<string, string>>,
  label: (file: string) => string,
  problems: Problem[],
  warnings: Problem[],
  known: KnownTrees = {},
): Layer {
  const layer: Layer = {
    catalog: emptyMapping(),
    globals: emptyMapping(),
    parameters: emptyMapping(),
    server: emptyMapping(),
  };
  for (const [name, text] of Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const source = label(name);
    const file = kindOf(name);
    if (file === null) {
      // Other tools keep their own JSON next to the config.
      if (name.endsWith(".json")) continue;
      const hint = didYouMean(
        name,
        FILES.map((kind) => `${kind}.yml`),
      );
      problems.push({ origin: { source, position: null }, message: `is not a config file${hint}` });
      continue;
    }
    // Names of datasets may have full stops: a namespace is part of them.
    const tree =
      knownTree(known, source, text) ??
      parseYaml(source, text, problems, { warnings, isDotRefused: file !== "catalog" });
    if (tree === null || (tree.kind === "scalar" && tree.value === null)) continue;
    if (tree.kind === "mapping") layer[file] = joined(layer[file], tree, file === "parameters", problems);
    else problems.push({ origin: tree.origin, message: "expected keys with values (key: value)" });
  }
  return layer;
}

/**
 * Reads the YAML and JSON files of a folder and its subfolders, by their path relative to it. Hidden files are ignored.
 * @param label returns the name of a file, or of the folder for "", for messages.
 * @param problems appended to: a file or the folder that cannot be read.
 * @param isWanted which files to read; all by default.
 * @returns null when the folder does not exist.
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
    names = (await readdir(folder, { recursive: true })).map((name) => name.split(sep).join("/"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    fail("", error);
    return {};
  }
  const texts: Record<string, string> = {};
  const isHidden = (path: string) => path.split("/").some((part) => part.startsWith("."));
  for (const name of names.filter((file) => EXTENSION.test(file) && !isHidden(file) && isWanted(file))) {
    try {
      texts[name] = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(join(folder, name)));
    } catch (error) {
      fail(name, error);
    }
  }
  return texts;
}

/**
 * Merges two files of one environment, in which no key may occur twice. As in Kedro, the keys of a parameter group may
 * be spread over two files, and keys that start with "_" are private to each file.
 */
function joined(first: Mapping, second: Mapping, isDeep: boolean, problems: Problem[]): Mapping {
  const entries = new Map(first.entries);
  for (const [key, value] of second.entries) {
    const other = first.entries.get(key);
    if (isDeep && other?.kind === "mapping" && value.kind === "mapping") {
      entries.set(key, joined(other, value, true, problems));
      continue;
    }
    entries.set(key, value);
    if (other === undefined || key.startsWith("_")) continue;
    const message = `"${key}" is also set at ${placeOf(other.origin)}; an environment may set a key only once`;
    problems.push({ origin: value.origin, message });
  }
  return { ...second, entries };
}
