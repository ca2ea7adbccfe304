import { join } from "node:path";
import { didYouMean } from "../lib/nearest.ts";
import { type ConfFolder, confFolder } from "./conf-folder.ts";
import { ConfigError, type Problem } from "./errors.ts";
import { deepFreeze } from "./freeze.ts";
import { interpolate } from "./interpolation/interpolate.ts";
import { credentialsScope } from "./interpolation/resolvers.ts";
import { readFolder } from "./layers.ts";
import type { Mapping } from "./tree.ts";
import { toPlain } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** Secrets by name. Separate from the rest of the configuration, so that code that displays it cannot display them. */
export type CredentialsByName = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const FILE_PATTERN = /^credentials(_[\w-]+)?\.(ya?ml|json)$/;
const FILE = "credentials.yml";

/**
 * Whether a file is named like Kedro's credentials files.
 * @param path relative to an environment's folder: Kedro reads such a file from any folder in it.
 */
export function isCredentialsFile(path: string): boolean {
  return FILE_PATTERN.test(path.slice(path.lastIndexOf("/") + 1));
}

/** The environment variables that `${oc.env:NAME}` reads. */
type Environ = Readonly<Record<string, string | undefined>>;

/**
 * Reads conf/local/credentials.yml in every environment; empty when the file does not exist.
 * @param environ    the values of `${oc.env:NAME}`, which is read in this file only.
 * @param confSource the folder to use instead of `conf`, see `confFolder`.
 * @throws ConfigError with the place of every problem. No message quotes the file's content.
 */
export async function loadCredentials(
  dir: string,
  environ: Environ,
  confSource?: string,
): Promise<CredentialsByName> {
  const problems: Problem[] = [];
  const found = await readCredentials(confFolder(dir, confSource), environ, problems, []);
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(found);
}

/**
 * Like `loadCredentials`, but appends problems instead of throwing, and the places of values that YAML 1.1 reads
 * differently to `warnings`. The result is not frozen.
 */
export async function readCredentials(
  conf: ConfFolder,
  environ: Environ,
  problems: Problem[],
  warnings: Problem[],
): Promise<CredentialsByName> {
  const source = `${conf.label}/local/${FILE}`;
  const found: Record<string, Record<string, unknown>> = {};
  const label = (file: string) => `${conf.label}/local${file === "" ? "" : `/${file}`}`;
  const unread: Problem[] = [];
  const texts = await readFolder(join(conf.path, "local"), label, unread, (file) => file === FILE);
  // A folder that cannot be read is reported when the rest of it is read.
  problems.push(...unread.filter(({ origin }) => origin.source === source));
  if (texts?.[FILE] === undefined) return found;
  const hidden: Problem[] = [];
  const hiddenWarnings: Problem[] = [];
  const tree = parseYaml(source, texts[FILE], hidden, { warnings: hiddenWarnings });
  // A parser's message may quote the malformed line.
  for (const { origin } of hidden)
    problems.push({ origin, message: "is malformed (its content is not shown)" });
  for (const { origin } of hiddenWarnings)
    warnings.push({ origin, message: "YAML 1.1 (Kedro's) reads this differently. Put it in quotes" });
  if (tree === null || (tree.kind === "scalar" && tree.value === null)) return found;
  if (tree.kind !== "mapping") {
    problems.push({ origin: tree.origin, message: "expected credentials by name" });
    return found;
  }
  const resolved = interpolate(tree, credentialsScope(tree, environ), problems);
  for (const [name, value] of resolved.entries) {
    if (value.kind === "mapping") found[name] = toPlain(value) as Record<string, unknown>;
    else problems.push({ origin: value.origin, message: `"${name}" must be a mapping` });
  }
  return found;
}

/** Appends a problem for each catalog entry whose `credentials` are not among the `known` names. */
export function checkCredentialNames(catalog: Mapping, known: readonly string[], problems: Problem[]): void {
  for (const [dataset, entry] of catalog.entries) {
    const name = entry.kind === "mapping" ? entry.entries.get("credentials") : undefined;
    if (name?.kind !== "scalar" || typeof name.value !== "string" || name.value.includes("{")) continue;
    if (known.includes(name.value)) continue;
    const hint = didYouMean(name.value, known) || ". Add them to conf/local/credentials.yml";
    problems.push({
      origin: name.origin,
      message: `${dataset}.credentials: there are no credentials "${name.value}"${hint}`,
    });
  }
}
