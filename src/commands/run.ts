import type { Command } from "commander";
import type { Application } from "./application.ts";
import { collect, jsonOption, projectOptions, withProject } from "./options.ts";
import type { Terminal } from "./program.ts";
import { createRunReporter } from "./run-reporter.ts";

export function addRunCommand(program: Command, app: Application, terminal: Terminal): void {
  withProject(program.command("run"))
    .description(
      "run a pipeline: a built-in one, or one of src/pipelines/*/pipeline.ts, whose code is loaded then",
    )
    .option("-p, --pipeline <name>", "pipeline to run", "__default__")
    .option("-n, --nodes <names>", "only these nodes", collect)
    .option("--from-nodes <names>", "these nodes and all after them", collect)
    .option("--to-nodes <names>", "these nodes and all before them", collect)
    .option("--from-inputs <names>", "all that depends on these datasets", collect)
    .option("--to-outputs <names>", "all that these datasets depend on", collect)
    .option("-t, --tags <names>", "only nodes with one of these tags", collect)
    .option("--no-user-code", "only the built-in pipelines: load no code from src/pipelines")
    .option("--run-id <id>", "record the run under this id (the scheduler sets it)")
    .addOption(jsonOption())
    .action(async (options, command: Command) => {
      const summary = await app.run({
        ...projectOptions(options),
        pipeline: options.pipeline,
        runId: options.runId,
        nodes: options.nodes,
        fromNodes: options.fromNodes,
        toNodes: options.toNodes,
        fromInputs: options.fromInputs,
        toOutputs: options.toOutputs,
        tags: options.tags,
        canLoadCode: options.userCode,
        commandLine: commandLine(command),
        onProgress: createRunReporter(terminal),
      });
      if (options.json) return terminal.out(`${JSON.stringify(summary)}\n`);
      const model = summary.model_version === null ? "" : `; model ${summary.model_version} registered`;
      const promoted = summary.promoted ? ", and it is the champion now" : "";
      terminal.out(
        `Run ${summary.run_id} of ${summary.pipeline} done in ${summary.seconds.toFixed(1)} s${model}${promoted}\n`,
      );
    });
}

/** The command that repeats the run: every option that was given, but for its id. */
function commandLine(command: Command): string {
  const words = ["tegaki", "run"];
  for (const option of command.options) {
    const name = option.attributeName();
    if (name === "runId" || command.getOptionValueSource(name) !== "cli") continue;
    const value: unknown = command.getOptionValue(name);
    words.push(option.long ?? "");
    if (typeof value !== "boolean") words.push(quote(Array.isArray(value) ? value.join(",") : String(value)));
  }
  return words.join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
