import { type Command, Option } from "commander";
import { LOG_FORMATS, LOG_LEVELS } from "../lib/log.ts";
import type { Application } from "./application.ts";
import { projectOptions, withProject } from "./options.ts";

/** Adds `tegaki serve`, the default command. */
export function addServeCommand(program: Command, app: Application): void {
  withProject(program.command("serve"))
    .description(
      "serve the pages and the API, and train when there are enough new labels (the default command)",
    )
    .option("--http <address>", "host:port to listen on (server.yml: http)")
    .option(
      "--open-to-anyone",
      "let everyone who can reach the address draw and label without logging in (server.yml: access: anyone)",
      false,
    )
    .option("--open", "open the page in the browser", false)
    .option("--load-code", "also load and run the pipelines in src/pipelines of the project", false)
    .addOption(
      new Option("--log-format <format>", "format of the log (server.yml: log.format)").choices(LOG_FORMATS),
    )
    .addOption(
      new Option("--log-level <level>", "lowest level that is logged (server.yml: log.level)").choices(
        LOG_LEVELS,
      ),
    )
    .action(async (options) => {
      await app.serve({
        ...projectOptions(options),
        http: options.http,
        open: options.open,
        isOpenToAnyone: options.openToAnyone,
        canLoadCode: options.loadCode,
        logFormat: options.logFormat,
        logLevel: options.logLevel,
      });
    });
}
