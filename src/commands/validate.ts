import type { Command } from "commander";
import type { Application } from "./application.ts";
import { projectOptions, withProject } from "./options.ts";
import type { Terminal } from "./program.ts";

export function addValidateCommand(program: Command, app: Application, terminal: Terminal): void {
  withProject(program.command("validate"))
    .description("check the config; every problem is listed with its file and line")
    .action(async (options) => {
      await app.validate(projectOptions(options));
      terminal.out("The config is valid\n");
    });
}
