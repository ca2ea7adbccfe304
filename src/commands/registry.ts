import type { Command } from "commander";
import { DEFAULT_PIPELINE } from "../domain/pipeline-names.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import type { BrokenPipeline } from "../project/user-pipelines.ts";
import type { Application } from "./application.ts";
import { jsonOption, projectOptions, withProject } from "./options.ts";
import type { Terminal } from "./terminal.ts";

const LOADS_CODE = "The code in src/pipelines of the project directory is loaded to find its pipelines.";

/** Adds `tegaki registry`. */
export function addRegistryCommands(program: Command, app: Application, terminal: Terminal): void {
  const registry = program.command("registry").description("the pipelines that can be run");

  withProject(registry.command("list"))
    .description(`names of all pipelines. ${LOADS_CODE}`)
    .addOption(jsonOption())
    .action(async (options) => {
      const pipelines = await app.pipelines({
        ...projectOptions(options),
        onBroken: ({ name, problem }) => terminal.err(`tegaki: pipeline "${name}" is left out: ${problem}\n`),
      });
      const names = pipelines.map((pipeline) => pipeline.name);
      terminal.out(options.json ? `${JSON.stringify(names)}\n` : `${names.join("\n")}\n`);
    });

  withProject(registry.command("describe"))
    .description(`the origin of a pipeline, and its nodes in the order in which they run. ${LOADS_CODE}`)
    .argument("[name]", "pipeline", DEFAULT_PIPELINE)
    .addOption(jsonOption())
    .action(async (name: string, options) => {
      const broken: BrokenPipeline[] = [];
      const pipelines = await app.pipelines({
        ...projectOptions(options),
        onBroken: (one) => broken.push(one),
      });
      const pipeline = pipelines.find((candidate) => candidate.name === name);
      if (pipeline === undefined) throw notFound(name, pipelines, broken);
      if (options.json) return terminal.out(`${JSON.stringify(pipeline)}\n`);
      terminal.out(`${name}, ${pipeline.file === null ? "built in" : `from ${pipeline.file}`}\n`);
      for (const node of pipeline.nodes) {
        terminal.out(
          `${node.name}\n  inputs  ${node.inputs.join(", ")}\n  outputs ${node.outputs.join(", ")}\n`,
        );
      }
      for (const warning of pipeline.warnings) terminal.err(`Warning: ${warning}\n`);
    });
}

function notFound(
  name: string,
  pipelines: readonly { name: string }[],
  broken: readonly BrokenPipeline[],
): UsageError {
  const problem = broken.find((one) => one.name === name)?.problem;
  if (problem !== undefined) return new UsageError(`Pipeline "${name}" is broken: ${problem}`);
  const known = pipelines.map((candidate) => candidate.name);
  return new UsageError(
    `No pipeline "${name}"${didYouMean(name, known) || `. Available pipelines: ${known.join(", ")}`}`,
  );
}
