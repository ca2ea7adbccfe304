import { relative } from "node:path";
import type { Command } from "commander";
import type { InitSummary } from "../project/init.ts";
import type { Application } from "./application.ts";
import { jsonOption } from "./options.ts";
import type { Terminal } from "./terminal.ts";

export function addInitCommand(program: Command, app: Application, terminal: Terminal): void {
  program
    .command("init")
    .description("make a project: config, data folders and an example pipeline. Overwrites no file")
    .argument("<name>", "the directory to make; . for this one")
    .option("--classes <a,b,c>", "what is told apart, in place of the ten digits: 2 to 255 labels")
    .addOption(jsonOption())
    .action(async (name: string, options) => {
      const { dir, files, classes, needs } = await app.init(name, options.classes);
      if (options.json) return terminal.out(`${JSON.stringify({ dir, files, classes })}\n`);
      const there = relative(process.cwd(), dir);
      const enter = there === "" ? "" : `  cd ${there}\n`;
      terminal.out(
        `Made a project in ${dir}. Next:\n${enter}  tegaki run --pipeline example\n  tegaki serve --open\n${firstModel(needs)}`,
      );
    });
}

function firstModel(needs: InitSummary["needs"]): string {
  if (needs === null) return "";
  return (
    `There is no model of these classes yet. It is trained from zero once ${needs.perClass} labelled drawings of each are in, ` +
    `${needs.total} in all: the Draw page counts them.\n`
  );
}
