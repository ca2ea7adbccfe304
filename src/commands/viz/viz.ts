import type { Command } from "commander";
import type { Application } from "../application.ts";
import { jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";

/** Adds `tegaki viz`. */
export function addVizCommands(program: Command, app: Application, terminal: Terminal): void {
  const viz = program.command("viz").description("the pipelines as a graph");

  withProject(viz.command("run"))
    .description("serve, and open the graph in the browser")
    .option("--http <address>", "host:port to listen on (server.yml: http)")
    .option(
      "--open-to-anyone",
      "let everyone who can reach the address draw and label without logging in (server.yml: access: anyone)",
      false,
    )
    .option("-p, --pipeline <name>", "pipeline to show first")
    .option("--no-browser", "only print the address")
    .option("--load-code", "also load and run the pipelines in src/pipelines of the project", false)
    .action(async (options) => {
      await app.serve({
        ...projectOptions(options),
        http: options.http,
        open: options.browser,
        isOpenToAnyone: options.openToAnyone,
        shown: options.pipeline ?? null,
        canLoadCode: options.loadCode,
      });
    });

  withProject(viz.command("build"))
    .description(
      "write the graph as a static site, in one folder that opens from disk. The code in src/pipelines of the project directory is loaded to find its pipelines.",
    )
    .option("--output <dir>", "folder to write to, from the working directory", "build")
    .option("--include-previews", "also write the first part of each dataset's content", false)
    .addOption(jsonOption())
    .action(async (options) => {
      const site = await app.buildViz({
        ...projectOptions(options),
        output: options.output,
        hasPreviews: options.includePreviews,
        onBroken: ({ name, problem }) => terminal.err(`tegaki: pipeline "${name}" is left out: ${problem}\n`),
      });
      if (options.json) return terminal.out(`${JSON.stringify(site)}\n`);
      terminal.out(`The graph of ${site.pipelines.length} pipelines is in ${site.dir}: open ${site.page}\n`);
    });
}
