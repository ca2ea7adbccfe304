import type { Command } from "commander";
import type { Application } from "./application.ts";
import { jsonOption } from "./options.ts";
import type { Terminal } from "./terminal.ts";

export function addVersionCommand(program: Command, app: Application, terminal: Terminal): void {
  program
    .command("version")
    .description("the version of tegaki and of what it is made of")
    .addOption(jsonOption())
    .action((options) => {
      const versions = { tegaki: app.version, bun: Bun.version };
      terminal.out(
        options.json ? `${JSON.stringify(versions)}\n` : `tegaki ${app.version} (Bun ${Bun.version})\n`,
      );
    });
}
