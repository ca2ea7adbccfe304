import { relative } from "node:path";
import type { Command } from "commander";
import type { Application } from "./application.ts";
import { jsonOption } from "./options.ts";
import type { Terminal } from "./program.ts";

export function addInitCommand(program: Command, app: Application, terminal: Terminal): void {
  program
    .command("init")
    .description("make a project: config, data folders and an example pipeline. Overwrites no file")
    .argument("<name>", "the directory to make; . for this one")
    .addOption(jsonOption())
    .action(async (name: string, options) => {
      const { dir, files } = await app.init(name);
      if (options.json) return terminal.out(`${JSON.stringify({ dir, files })}\n`);
      const there = relative(process.cwd(), dir);
      const enter = there === "" ? "" : `  cd ${there}\n`;
      terminal.out(
        `Made a project in ${dir}. Next:\n${enter}  tegaki run --pipeline example\n  tegaki serve --open\n`,
      );
    });
}
