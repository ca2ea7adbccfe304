import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { runParamsProblem } from "../domain/limits/run-params.ts";
import { didYouMean } from "../lib/nearest.ts";
import type { AliasOf } from "../lib/type-alias.ts";
import { checkAppendTo } from "./append-to.ts";
import { withAskedEpochs } from "./asked-epochs.ts";
import { type Assignment, assign } from "./assignments.ts";
import { type ConfFolder, confFolder } from "./conf-folder.ts";
import { checkCredentialNames, isCredentialsFile, readCredentials } from "./credentials.ts";
import { readEnvironment } from "./environment.ts";
import { ConfigError, type Problem, placeOf } from "./errors.ts";
import { deepFreeze } from "./freeze.ts";
import { interpolate } from "./interpolation/interpolate.ts";
import { configScope, globalsScope } from "./interpolation/resolvers.ts";
import { withOurTypes } from "./kedro-entries.ts";
import type { KnownTrees } from "./known-trees.ts";
import { type Layer, readFolder, readLayer } from "./layers.ts";
import { checkNumClasses } from "./num-classes.ts";
import { SET_ELSEWHERE, splitParameters } from "./own-parameters.ts";
import { readParams } from "./params.ts";
import {
  type CatalogConfig,
  catalogSchema,
  type Parameters,
  parametersSchema,
  type ServerConfig,
  serverSchema,
} from "./schema.ts";
import { emptyMapping, type Mapping, merge, toPlain } from "./tree.ts";
import { checkDatasetTypes, validate } from "./validate.ts";

const PARAMETER_KEYS = Object.keys(parametersSchema.entries);

/** The complete configuration: validated, with all defaults, and frozen. */
export interface Config {
  readonly parameters: Parameters;
  /** The other keys of parameters.yml, for the project's own nodes. No key is in both. */
  readonly ownParameters: Readonly<Record<string, unknown>>;
  readonly catalog: CatalogConfig;
  readonly server: ServerConfig;
  /** The place of each entry of the catalog, such as `conf/base/catalog.yml:3:1`. */
  readonly catalogPlaces: Readonly<Record<string, string>>;
  /** Names of parameters that interpolations read, in the catalog or in parameters.yml. */
  readonly interpolated: readonly string[];
  /** Messages on values that are accepted without an effect, or with another one than elsewhere: `source:line:column: message`. */
  readonly warnings: readonly string[];
}

/** Everything that the configuration is read from. */
export interface ConfigSources {
  /** The built-in `conf/base`: file contents by name. */
  base: Readonly<Record<string, string>>;
  /** Their trees, as far as they were read when the executable was built; none by default. */
  baseTrees?: KnownTrees;
  /** The project directory; its `conf` is read. */
  dir: string;
  /** The folder to read instead of `conf`, relative to the working directory; it must exist. */
  confSource?: string;
  /** The environment to use instead of `local`: the folder `conf/<env>`, which must exist. */
  env?: string;
  /** The value of `--params`, such as `a.b=1,c=[1,2]`, or what it was read to. */
  params?: string | readonly Assignment[];
  /** The environment variables. */
  environ: Readonly<Record<string, string | undefined>>;
  /** Texts to read in place of files of `conf/local` (or `conf/<env>`), by name: what a change would make of them. */
  replaced?: Readonly<Record<string, string>>;
  /** The options of each known dataset type. If set, other types and options are reported as problems. */
  datasetTypes?: Readonly<Record<string, readonly string[]>>;
  /** Returns the alias that a dataset's type is, such as one of Kedro's names. */
  aliasOf?: AliasOf;
}

/**
 * Loads, merges and validates the configuration. Later sources win: built-in base, `conf/base` of the project,
 * `conf/local` (or `conf/<env>`), TEGAKI_* variables, `--params`. Parameters and server settings are merged key by key
 * at every depth; a catalog entry is replaced as a unit, as is a key of globals.yml. The interpolations of a file are
 * resolved within its environment, as in Kedro, see `configScope`. Variables and `--params` can only set parameters
 * that a file has, or that an interpolation reads from `--params`. Catalog entries whose name starts with "_" exist
 * only as targets of aliases and interpolations.
 *
 * @throws ConfigError with every problem at once, each with its place.
 */
export async function loadConfig(sources: ConfigSources): Promise<Config> {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const environment = readEnvironment(sources.environ, problems, warnings);
  const { params = "" } = sources;
  const given = typeof params === "string" ? readParams(params, problems, warnings) : params;
  const flags = withinLimits(given, problems);
  const overrides = [...environment.parameters, ...flags];
  const runtimeNames = new Set<string>();
  const namedParameters = new Set<string>();
  const layers = interpolated(
    await readLayers(sources, problems, warnings),
    { flags, overrides, runtimeNames, namedParameters },
    problems,
  );

  const mergeAll = (mappings: readonly Mapping[], depth?: number) =>
    mappings.reduce((a, b) => merge(a, b, depth));
  const typed = withoutTemplates(
    mergeAll(
      layers.map((layer) => layer.catalog),
      1,
    ),
  );
  const catalogTree = withOurTypes(typed, sources.aliasOf ?? (() => null), { problems, warnings });
  // Those of the schema are checked by it.
  const mayAdd = (path: readonly string[]) =>
    [...PARAMETER_KEYS, ...Object.keys(SET_ELSEWHERE)].includes(path[0] ?? "") ||
    path.some((_, i) => runtimeNames.has(path.slice(0, i + 1).join(".")));
  const parameterTree = assign(
    mergeAll(layers.map((layer) => layer.parameters)),
    withAskedEpochs(
      layers.slice(1).map((layer) => layer.parameters),
      overrides,
    ),
    problems,
    mayAdd,
  );
  const serverTree = assign(mergeAll(layers.map((layer) => layer.server)), environment.server, problems);

  const catalog = validate(catalogSchema, catalogTree, problems);
  const conf = confFolder(sources.dir, sources.confSource);
  const credentialNames = Object.keys(await readCredentials(conf, sources.environ, problems, warnings));
  checkCredentialNames(catalogTree, credentialNames, problems);
  if (sources.datasetTypes !== undefined) checkDatasetTypes(catalogTree, sources.datasetTypes, problems);
  const { builtIn, own } = splitParameters(parameterTree, PARAMETER_KEYS, problems);
  const parameters = validate(parametersSchema, builtIn, problems);
  if (parameters !== null) checkNumClasses(parameterTree, parameters.classes, problems);
  const server = validate(serverSchema, serverTree, problems);
  if (server !== null && catalog !== null)
    checkAppendTo(serverTree, server.samples.append_to, catalog, problems);
  if (problems.length > 0 || catalog === null || parameters === null || server === null) {
    throw new ConfigError(problems);
  }
  return deepFreeze({
    ...{ parameters, ownParameters: own, catalog, server },
    interpolated: [...runtimeNames, ...namedParameters],
    catalogPlaces: Object.fromEntries(
      [...catalogTree.entries].map(([name, { origin }]) => [name, placeOf(origin)]),
    ),
    warnings: warnings.map(({ origin, message }) => `${placeOf(origin)}: ${message}`),
  });
}

/** Returns the parameters of a run if they can be stored and passed on, otherwise none, with the problem. */
function withinLimits(flags: readonly Assignment[], problems: Problem[]): readonly Assignment[] {
  const params = toPlain(assign(emptyMapping(), flags, [])) as Record<string, unknown>;
  const excess = runParamsProblem(params);
  if (excess === null) return flags;
  problems.push({ origin: { source: "--params", position: null }, ...excess });
  return [];
}

async function readLayers(
  { base, baseTrees, dir, confSource, env, replaced }: ConfigSources,
  problems: Problem[],
  warnings: Problem[],
): Promise<Layer[]> {
  const layers = [readLayer(base, (name) => `conf/base/${name} (built in)`, problems, warnings, baseTrees)];
  const conf = confFolder(dir, confSource);
  if (confSource !== undefined && (await readdir(conf.path).catch(() => null)) === null) {
    const origin = { source: `--conf-source ${confSource}`, position: null };
    problems.push({ origin, message: "is not a readable folder" });
    return layers;
  }
  for (const name of ["base", env ?? "local"]) {
    const label = (file: string) => `${conf.label}/${name}${file === "" ? "" : `/${file}`}`;
    const isName = /^[\w-]+$/.test(name);
    const isRead = (file: string) =>
      !isCredentialsFile(file) || refuseCredentials(conf, name, file, problems);
    const onDisk = isName ? await readFolder(join(conf.path, name), label, problems, isRead) : null;
    const texts = name === "base" || replaced === undefined ? onDisk : { ...onDisk, ...replaced };
    if (texts !== null) layers.push(readLayer(texts, label, problems, warnings));
    else if (name === env) problems.push(await missingEnvironment(conf, env));
  }
  return layers;
}

/** Reports credentials in the wrong place: only one uncommitted file may hold them. @returns false, so it is not read. */
function refuseCredentials({ label }: ConfFolder, folder: string, file: string, problems: Problem[]): false {
  if (folder === "local" && file === "credentials.yml") return false;
  problems.push({
    origin: { source: `${label}/${folder}/${file}`, position: null },
    message: `credentials are read only from ${label}/local/credentials.yml, which is never committed. Move them there`,
  });
  return false;
}

/** The values from outside of the files that interpolations read. */
interface Outside {
  flags: readonly Assignment[];
  /** Those of flags and variables, which parameters see as their own. */
  overrides: readonly Assignment[];
  /** Added to: the names that an interpolation reads from the flags. */
  runtimeNames: Set<string>;
  /** Added to: the parameters that other parameters refer to. */
  namedParameters: Set<string>;
}

function interpolated(
  layers: readonly Layer[],
  { flags, overrides, runtimeNames, namedParameters }: Outside,
  problems: Problem[],
): Layer[] {
  const globals = layers
    .map((layer) => interpolate(layer.globals, globalsScope(layer.globals), problems))
    .reduce((a, b) => merge(a, b, 1));
  const runtime = assign(emptyMapping(), flags, []);
  const scopeOf = (root: Mapping) => configScope(root, globals, runtime, runtimeNames);
  const within = (tree: Mapping) => interpolate(tree, scopeOf(tree), problems);
  const parametersWithin = (tree: Mapping) => {
    const onNamed = (name: string) => void namedParameters.add(name);
    return interpolate(tree, { ...scopeOf(assign(tree, overrides, [])), onNamed }, problems);
  };
  return layers.map(({ catalog, parameters, server }) => ({
    globals,
    catalog: within(catalog),
    parameters: parametersWithin(parameters),
    server: within(server),
  }));
}

/** Returns the problem of a named environment without a folder. The base and local folders may be missing. */
async function missingEnvironment({ path, label }: ConfFolder, env: string): Promise<Problem> {
  const known = await readdir(path).catch(() => []);
  return {
    origin: { source: `--env ${env}`, position: null },
    message: `there is no folder ${label}/${env} in the project directory${didYouMean(env, known)}`,
  };
}

function withoutTemplates(catalog: Mapping): Mapping {
  return { ...catalog, entries: new Map([...catalog.entries].filter(([name]) => !name.startsWith("_"))) };
}
