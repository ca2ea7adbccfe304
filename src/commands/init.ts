import { relative } from "node:path";
import type { Command } from "commander";
import type { InitSummary } from "../project/init.ts";
import type { Application } from "./application.ts";
import { jsonOption } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Adds `tegaki init`. */
export function addInitCommand(program: Command, app: Application, terminal: Terminal): void {
  program
    .command("init")
    .description("create a project: config, data folders and an example pipeline. No file is overwritten")
    .argument("<name>", "the directory to create; . for the current one")
    .option("--classes <a,b,c>", "classes to recognise instead of the ten digits: 2 to 255 labels")
    .addOption(jsonOption())
    .action(async (name: string, options) => {
      const { dir, files, classes, needs } = await app.init(name, options.classes);
      if (options.json) return terminal.out(`${JSON.stringify({ dir, files, classes })}\n`);
      const there = relative(process.cwd(), dir);
      const enter = there === "" ? "" : `  cd ${there}\n`;
      terminal.out(
        `Created a project in ${dir}. Next:\n${enter}  tegaki run --pipeline example\n  tegaki serve --open\n${firstModel(needs)}`,
      );
    });
}

function firstModel(needs: InitSummary["needs"]): string {
  if (needs === null) return "";
  return (
    `There is no model of these classes yet. One is trained from scratch once there are ${needs.perClass} labelled drawings of each, ` +
    `${needs.total} in total. The Draw page counts them.\n`
  );
}
