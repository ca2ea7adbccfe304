import type { Command } from "commander";
import { formatParams } from "../config/params.ts";
import type { Application } from "./application.ts";
import { jsonOption, projectOptions, withProject } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Adds `tegaki validate`. */
export function addValidateCommand(program: Command, app: Application, terminal: Terminal): void {
  withProject(program.command("validate"))
    .description(
      "check the config and the pipelines; every problem is listed with its location. The code in src/pipelines is loaded",
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const summary = await app.validate(projectOptions(options));
      if (options.json) return terminal.out(`${JSON.stringify(summary)}\n`);
      terminal.out("The config is valid\n");
      const own = Object.entries(summary.parameters);
      if (own.length > 0) terminal.out("The project's own parameters:\n");
      for (const [name, value] of own) terminal.out(`  ${formatParams({ [name]: value })}\n`);
      for (const warning of summary.warnings) terminal.err(`Warning: ${warning}\n`);
    });
}
