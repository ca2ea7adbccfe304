import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { ConfigError, type Problem, placeOf } from "../../config/errors.ts";
import { formatParams } from "../../config/params.ts";
import { type Mapping, type Tree, toPlain } from "../../config/tree.ts";
import { parseYaml } from "../../config/yaml.ts";
import { messageOf, UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";

/** The keys that Kedro's file may have, with the option that each sets and the form of that option's flag. */
const KEYS: Readonly<
  Record<string, { option: string; form: "name" | "list" | "pairs" | "params" | "flag" }>
> = {
  pipeline: { option: "pipeline", form: "name" },
  pipelines: { option: "pipelines", form: "list" },
  node_names: { option: "nodes", form: "list" },
  nodes: { option: "nodes", form: "list" },
  from_nodes: { option: "fromNodes", form: "list" },
  to_nodes: { option: "toNodes", form: "list" },
  from_inputs: { option: "fromInputs", form: "list" },
  to_outputs: { option: "toOutputs", form: "list" },
  tags: { option: "tags", form: "list" },
  namespaces: { option: "namespaces", form: "list" },
  load_versions: { option: "loadVersions", form: "pairs" },
  runner: { option: "runner", form: "name" },
  runner_params: { option: "runnerParams", form: "params" },
  env: { option: "env", form: "name" },
  conf_source: { option: "confSource", form: "name" },
  params: { option: "params", form: "params" },
  only_missing_outputs: { option: "onlyMissingOutputs", form: "flag" },
  continue_on_error: { option: "continueOnError", form: "flag" },
};

/** Source of the values that come from the file; see commander's `getOptionValueSource`. */
export const FROM_CONFIG = "config";

/**
 * Applies Kedro's `--config FILE`: a YAML file whose `run:` contains flags of the command. Typed flags take precedence.
 * Each value is parsed by the parser of its flag, so a file may contain exactly what can be typed.
 *
 * @param warn gets each value that YAML 1.1, and so Kedro, reads differently, with its place.
 * @throws UsageError when the file cannot be read, ConfigError naming each wrong key and value with its place.
 */
export async function applyRunConfig(
  command: Command,
  file: string,
  warn: (warning: string) => void,
): Promise<void> {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const run = await readRun(file, problems, warnings);
  for (const { origin, message } of warnings) warn(`${placeOf(origin)}: ${message}`);
  const isTyped = (option: string) => command.getOptionValueSource(option) === "cli";
  const isPipelineTyped = isTyped("pipeline") || isTyped("pipelines");
  for (const [key, tree] of run?.entries ?? []) {
    const known = Object.hasOwn(KEYS, key) ? KEYS[key]! : null;
    if (known === null) {
      const hint = didYouMean(key, Object.keys(KEYS)) || `. Known keys: ${Object.keys(KEYS).join(", ")}`;
      problems.push({ origin: tree.origin, message: `run: unknown key "${key}"${hint}` });
      continue;
    }
    if (isTyped(known.option) || (key.startsWith("pipeline") && isPipelineTyped)) continue;
    try {
      setOption(command, known.option, wordOf(known.form, tree));
    } catch (error) {
      problems.push({ origin: tree.origin, message: `run.${key}: ${messageOf(error)}` });
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
}

async function readRun(file: string, problems: Problem[], warnings: Problem[]): Promise<Mapping | null> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw new UsageError(`Cannot read --config ${file}: ${messageOf(error)}`, { cause: error });
  }
  const tree = parseYaml(file, text, problems, { warnings });
  if (tree === null) return null;
  const run = tree.kind === "mapping" ? tree.entries.get("run") : undefined;
  if (run?.kind === "mapping") return run;
  problems.push({
    origin: (run ?? tree).origin,
    message: 'expected "run:" with the flags of tegaki run in it',
  });
  return null;
}

/** The value as it would be typed; null for a switch that is off. @throws UsageError for a value of the wrong form. */
function wordOf(form: (typeof KEYS)[string]["form"], tree: Tree): string | true | null {
  const value = toPlain(tree);
  if (form === "flag") {
    if (typeof value !== "boolean") throw new UsageError("must be true or false");
    return value || null;
  }
  if (value === null) return null;
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (form === "list" && Array.isArray(value) && value.every((one) => typeof one === "string"))
    return value.join(",");
  if (form === "params" && tree.kind === "mapping") return formatParams(value as Record<string, unknown>);
  if (form === "pairs" && tree.kind === "mapping")
    return Object.entries(value as Record<string, unknown>)
      .map(([dataset, version]) => `${dataset}:${String(version)}`)
      .join(",");
  throw new UsageError(
    form === "name"
      ? "must be a string"
      : `must be a string or a ${form === "list" ? "list of strings" : "mapping"}`,
  );
}

function setOption(command: Command, name: string, word: string | true | null): void {
  if (word === null) return;
  const option = command.options.find((one) => one.attributeName() === name)!;
  const value: unknown =
    option.parseArg === undefined || word === true ? word : option.parseArg(word, undefined);
  command.setOptionValueWithSource(name, value, FROM_CONFIG);
}
