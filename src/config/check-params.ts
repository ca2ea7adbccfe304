import type { CheckedParams, GivenParams, ParamProblem } from "../domain/runs/run.ts";
import { ConflictError } from "../lib/errors.ts";
import { type Assignment, assign } from "./assignments.ts";
import { ConfigError, type Origin, type Problem } from "./errors.ts";
import { type Config, type ConfigSources, loadConfig } from "./load.ts";
import { readParams } from "./params.ts";
import { emptyMapping, type Tree, toPlain } from "./tree.ts";
import { readValue } from "./value-text.ts";

/**
 * Checks the parameters of a run against the configuration as it is now, as the run itself will: their names, and the
 * values of those of the schema.
 *
 * @param more returns more problems of a configuration that is otherwise valid.
 * @throws ConflictError when the configuration is invalid without them.
 */
export async function checkParams(
  sources: Omit<ConfigSources, "params">,
  given: GivenParams,
  more: (config: Config) => Promise<ParamProblem[]> = async () => [],
): Promise<CheckedParams> {
  const problems: Problem[] = [];
  const params = readGiven(given, problems);
  const found: ParamProblem[] = [];
  const rest = await loadConfig({ ...sources, params }).then(
    async (config) => {
      found.push(...(await more(config)));
      return [];
    },
    (error: unknown) => {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    },
  );
  const foreign = rest.find(({ origin }) => !isParam(origin));
  if (foreign !== undefined)
    throw new ConflictError(
      `The configuration of the project is invalid: ${new ConfigError([foreign]).message}. Correct it, then start the run again`,
    );
  return {
    params: toPlain(assign(emptyMapping(), params, [])) as Record<string, unknown>,
    problems: [...[...problems, ...rest].map(problemOf), ...found],
  };
}

function readGiven(given: GivenParams, problems: Problem[]): Assignment[] {
  if ("text" in given) return given.text.trim() === "" ? [] : readParams(given.text, problems);
  if ("fields" in given)
    return Object.entries(given.fields).flatMap(([name, text]) => {
      const value = readValue(originOf(name), text, problems, []);
      if (value?.kind === "scalar" && typeof value.value === "number" && !Number.isFinite(value.value)) {
        problems.push({ origin: originOf(name), message: `must be a finite number, found ${text}` });
        return [];
      }
      return value === null ? [] : [{ path: name.split("."), value }];
    });
  return Object.entries(given.values).map(([name, value]) => ({
    path: name.split("."),
    value: treeOf(value, originOf(name), problems),
  }));
}

/** The tree of a JSON value. */
function treeOf(value: unknown, origin: Origin, problems: Problem[]): Tree {
  if (Array.isArray(value))
    return { kind: "list", origin, items: value.map((item) => treeOf(item, origin, problems)) };
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, inner]) => [key, treeOf(inner, origin, problems)] as const,
    );
    return { kind: "mapping", origin, entries: new Map(entries) };
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    problems.push({ origin, message: `${value} is beyond 2^53 - 1, the largest exact whole number` });
  return { kind: "scalar", origin, value };
}

function originOf(name: string): Origin {
  return { source: `--params ${name}`, position: null, key: name };
}

function isParam({ source }: Origin): boolean {
  return source.startsWith("--params");
}

function problemOf({ origin, message, says }: Problem): ParamProblem {
  return { name: origin.key ?? null, message, says };
}
