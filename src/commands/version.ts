import type { Command } from "commander";
import type { Application } from "./application.ts";
import { jsonOption } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Adds `tegaki version`. */
export function addVersionCommand(program: Command, app: Application, terminal: Terminal): void {
  program
    .command("version")
    .description("the versions of tegaki and its components")
    .addOption(jsonOption())
    .action((options) => {
      const versions = { tegaki: app.version, bun: Bun.version };
      terminal.out(
        options.json ? `${JSON.stringify(versions)}\n` : `tegaki ${app.version} (Bun ${Bun.version})\n`,
      );
    });
}
