import type { Command } from "commander";
import type { Application } from "./application.ts";
import { projectOptions, withProject } from "./options.ts";

export function addServeCommand(program: Command, app: Application): void {
  withProject(program.command("serve"))
    .description("serve the pages and the API, and train when enough labels are in (the default command)")
    .option("--http <address>", "host:port to listen on (server.yml: http)")
    .option("--open", "open the page in the browser", false)
    .option("--load-code", "also load and run the pipelines in src/pipelines of the project", false)
    .action(async (options) => {
      await app.serve({
        ...projectOptions(options),
        http: options.http,
        open: options.open,
        canLoadCode: options.loadCode,
      });
    });
}
