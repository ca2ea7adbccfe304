import { type Command, Option } from "commander";
import { DEFAULT_PIPELINE } from "../../domain/pipeline-names.ts";
import { shellQuote } from "../../domain/runs/run-slice.ts";
import { RUNNERS } from "../../runs/run-options.ts";
import type { RunSummary } from "../../runs/run-summary.ts";
import type { Application } from "../application.ts";
import { collect, jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { applyRunConfig } from "./run-config.ts";
import { isGiven, loadVersions, refuseContradictions, runnerParams } from "./run-flags.ts";
import { createRunReporter } from "./terminal-reporter.ts";

/** Adds `tegaki run`. */
export function addRunCommand(program: Command, app: Application, terminal: Terminal): void {
  withProject(program.command("run"))
    .description(
      "run a pipeline: a built-in one, or one of src/pipelines/*/pipeline.ts, whose code is then loaded",
    )
    .option("-p, --pipeline <name>", "pipeline to run", DEFAULT_PIPELINE)
    .option("--pipelines <names>", "several pipelines, run as one", collect)
    .option("-n, --nodes <names>", "only these nodes", collect)
    .option("--from-nodes <names>", "these nodes and all nodes after them", collect)
    .option("--to-nodes <names>", "these nodes and all nodes before them", collect)
    .option("--from-inputs <names>", "all nodes that depend on these datasets", collect)
    .option("--to-outputs <names>", "all nodes that these datasets depend on", collect)
    .option("-t, --tags <names>", "only nodes with one of these tags", collect)
    .option("--namespaces <names>", "only nodes in one of these namespaces (also -ns)", collect)
    .option(
      "--load-versions <list>",
      "versions to load, as dataset:version,other:version (also -lv)",
      loadVersions,
    )
    .addOption(
      new Option(
        "-r, --runner <name>",
        "SequentialRunner runs one node at a time; the other two run independent nodes concurrently on one thread",
      )
        .choices(RUNNERS)
        .default("SequentialRunner"),
    )
    .option("--runner-params <list>", "max_workers=N: at most N nodes at once", runnerParams)
    .option(
      "-c, --config <file>",
      "YAML file with these flags under run:, as in Kedro; typed flags take precedence",
    )
    .option("--only-missing-outputs", "only nodes whose outputs are missing, and the nodes that they need")
    .option(
      "--no-cache",
      "run every node, even those whose inputs, parameters, catalog entries and code are unchanged",
    )
    .option(
      "--continue-on-error",
      "after a failure, continue with the nodes that do not depend on the failed one",
    )
    .option("--resume <run>", "continue a failed or cancelled run from the outputs that it saved")
    .option("--no-user-code", "use only the built-in pipelines: load no code from src/pipelines")
    .option("--run-id <id>", "record the run under this id (the scheduler sets it); no node is then skipped")
    .addOption(new Option("--params-from-stdin", "(the scheduler sets it)").hideHelp().default(false))
    .addOption(jsonOption())
    .action(async (options, command: Command) => {
      if (options.config !== undefined)
        await applyRunConfig(command, options.config, (warning) =>
          terminal.err(`tegaki: Warning: ${warning}\n`),
        );
      refuseContradictions(command);
      const summary = await app.run({
        ...projectOptions(options),
        pipeline: options.pipelines?.join(",") ?? options.pipeline,
        runId: options.runId,
        areParamsOnStdin: options.paramsFromStdin,
        nodes: options.nodes,
        fromNodes: options.fromNodes,
        toNodes: options.toNodes,
        fromInputs: options.fromInputs,
        toOutputs: options.toOutputs,
        tags: options.tags,
        namespaces: options.namespaces,
        loadVersions: options.loadVersions,
        runner: isGiven(command, "runner") ? options.runner : undefined,
        maxWorkers: options.runnerParams?.max_workers,
        onlyMissingOutputs: options.onlyMissingOutputs,
        isCached: options.cache && options.runId === undefined,
        continueOnError: options.continueOnError,
        resume: options.resume,
        canLoadCode: options.userCode,
        commandLine: commandLine(command),
        onProgress: createRunReporter(terminal),
      });
      terminal.out(options.json ? `${JSON.stringify(summary)}\n` : `${textOf(summary)}\n`);
    });
}

function textOf({ run_id, pipeline, seconds, skipped, model_version, promoted, report }: RunSummary): string {
  const left =
    skipped.length === 0 ? "" : ` (${skipped.length} ${skipped.length === 1 ? "node" : "nodes"} skipped)`;
  const model = model_version === null ? "" : `; model ${model_version} registered`;
  const champion = promoted ? ", and it is now the champion" : "";
  return `Run ${run_id} of ${pipeline} done in ${seconds.toFixed(1)} s${left}${model}${champion}${report === null ? "" : `\nReport: ${report}`}`;
}

/** The command that repeats the run: every given option, including those of --config, except its id. */
function commandLine(command: Command): string {
  const words = ["tegaki", "run"];
  for (const option of command.options) {
    const name = option.attributeName();
    if (name === "runId" || name === "config" || !isGiven(command, name)) continue;
    const value: unknown = command.getOptionValue(name);
    words.push(option.long ?? "");
    if (typeof value !== "boolean") words.push(shellQuote(wordOf(value)));
  }
  return words.join(" ");
}

function wordOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "object" || value === null) return String(value);
  const separator = "max_workers" in value ? "=" : ":";
  return Object.entries(value)
    .map(([name, given]) => `${name}${separator}${given}`)
    .join(",");
}
