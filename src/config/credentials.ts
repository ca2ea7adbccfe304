import { join } from "node:path";
import { didYouMean } from "../lib/nearest.ts";
import { type ConfFolder, confFolder } from "./conf-folder.ts";
import { ConfigError, type Problem } from "./errors.ts";
import { deepFreeze } from "./freeze.ts";
import { readFolder } from "./layers.ts";
import type { Mapping } from "./tree.ts";
import { toPlain } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** Secrets by name. Kept apart from the rest of the configuration, so that whoever shows that shows none of these. */
export type CredentialsByName = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const FILE_PATTERN = /^credentials(_[\w-]+)?\.(ya?ml|json)$/;
const FILE = "credentials.yml";

/** @param path from an environment's folder: Kedro takes such a file from any folder in it. */
export function isCredentialsFile(path: string): boolean {
  return FILE_PATTERN.test(path.slice(path.lastIndexOf("/") + 1));
}

/**
 * Reads conf/local/credentials.yml, whatever the environment; nothing when it is not there.
 * @param confSource the folder in place of `conf`, see `confFolder`.
 * @throws ConfigError with the place of every problem. No message has anything of the file's content.
 */
export async function loadCredentials(dir: string, confSource?: string): Promise<CredentialsByName> {
  const problems: Problem[] = [];
  const found = await readCredentials(confFolder(dir, confSource), problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(found);
}

/** The same, with problems appended. */
export async function readCredentials(conf: ConfFolder, problems: Problem[]): Promise<CredentialsByName> {
  const source = `${conf.label}/local/${FILE}`;
  const found: Record<string, Record<string, unknown>> = {};
  const label = (file: string) => `${conf.label}/local${file === "" ? "" : `/${file}`}`;
  const unread: Problem[] = [];
  const texts = await readFolder(join(conf.path, "local"), label, unread, (file) => file === FILE);
  // A folder that cannot be read is told by those who read the rest of it.
  problems.push(...unread.filter(({ origin }) => origin.source === source));
  if (texts?.[FILE] === undefined) return found;
  const hidden: Problem[] = [];
  const tree = parseYaml(source, texts[FILE], hidden);
  // A parser's message may quote the line it stumbles over.
  for (const { origin } of hidden)
    problems.push({ origin, message: "is malformed (what is there is not shown)" });
  if (tree === null || (tree.kind === "scalar" && tree.value === null)) return found;
  if (tree.kind !== "mapping") {
    problems.push({ origin: tree.origin, message: "expected credentials by name" });
    return found;
  }
  for (const [name, value] of tree.entries) {
    if (value.kind === "mapping") found[name] = toPlain(value) as Record<string, unknown>;
    else problems.push({ origin: value.origin, message: `"${name}" must be a mapping of its parts` });
  }
  return found;
}

/** Credentials that an entry of the catalog names must be there. */
export function checkCredentialNames(catalog: Mapping, known: readonly string[], problems: Problem[]): void {
  for (const [dataset, entry] of catalog.entries) {
    const name = entry.kind === "mapping" ? entry.entries.get("credentials") : undefined;
    if (name?.kind !== "scalar" || typeof name.value !== "string" || name.value.includes("{")) continue;
    if (known.includes(name.value)) continue;
    const hint = didYouMean(name.value, known) || ". Put them in conf/local/credentials.yml";
    problems.push({
      origin: name.origin,
      message: `${dataset}.credentials: there are no credentials "${name.value}"${hint}`,
    });
  }
}
