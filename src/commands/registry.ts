import type { Command } from "commander";
import { UsageError } from "../lib/errors.ts";
import type { Application } from "./application.ts";
import { jsonOption, projectOptions, withProject } from "./options.ts";
import type { Terminal } from "./program.ts";

export function addRegistryCommands(program: Command, app: Application, terminal: Terminal): void {
  const registry = program.command("registry").description("the pipelines that can be run");

  withProject(registry.command("list"))
    .description("names of all pipelines")
    .addOption(jsonOption())
    .action(async (options) => {
      const names = (await app.pipelines(projectOptions(options))).map((pipeline) => pipeline.name);
      terminal.out(options.json ? `${JSON.stringify(names)}\n` : `${names.join("\n")}\n`);
    });

  withProject(registry.command("describe"))
    .description("the nodes of one pipeline, in the order in which they run")
    .argument("[name]", "pipeline", "__default__")
    .addOption(jsonOption())
    .action(async (name: string, options) => {
      const pipelines = await app.pipelines(projectOptions(options));
      const pipeline = pipelines.find((candidate) => candidate.name === name);
      if (pipeline === undefined) {
        const known = pipelines.map((candidate) => candidate.name).join(", ");
        throw new UsageError(`No pipeline "${name}". There are: ${known}`);
      }
      if (options.json) return terminal.out(`${JSON.stringify(pipeline)}\n`);
      for (const node of pipeline.nodes) {
        terminal.out(
          `${node.name}\n  inputs  ${node.inputs.join(", ")}\n  outputs ${node.outputs.join(", ")}\n`,
        );
      }
    });
}
