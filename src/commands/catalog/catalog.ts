import type { Command } from "commander";
import { yamlText } from "../../config/yaml-text.ts";
import type { Application } from "../application.ts";
import { collect, jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const LOADS_CODE = "The code in src/pipelines of the project directory is loaded to find its pipelines.";

/**
 * Adds `tegaki catalog`: Kedro's three commands on the catalog, and the versions of a dataset. They print YAML, or
 * JSON with --json.
 */
export function addCatalogCommands(program: Command, app: Application, terminal: Terminal): void {
  const catalog = program.command("catalog").description("what pipelines read and write, by name");
  const print = (value: unknown, isJson: boolean) =>
    terminal.out(isJson ? `${JSON.stringify(value)}\n` : yamlText(value));

  withProject(catalog.command("describe-datasets"))
    .description(
      `datasets of pipelines by type: in the catalog, from a dataset factory, or in memory. ${LOADS_CODE}`,
    )
    .option("-p, --pipeline <names>", "only these pipelines", collect)
    .addOption(jsonOption())
    .action(async (options) => {
      const pipelines = options.pipeline;
      print(await app.catalog.describeDatasets({ ...projectOptions(options), pipelines }), options.json);
    });

  withProject(catalog.command("list-patterns"))
    .description("dataset factories, in the order in which they are tried")
    .addOption(jsonOption())
    .action(async (options) => {
      print(await app.catalog.listPatterns(projectOptions(options)), options.json);
    });

  withProject(catalog.command("resolve-patterns"))
    .description(`the catalog entry of every dataset of pipelines, factories resolved. ${LOADS_CODE}`)
    .option("-p, --pipeline <names>", "only these pipelines", collect)
    .addOption(jsonOption())
    .action(async (options) => {
      const pipelines = options.pipeline;
      const resolved = await app.catalog.resolvePatterns({ ...projectOptions(options), pipelines });
      if (options.json) return print(resolved, true);
      const configs = Object.entries(resolved).map(([name, { config }]) => [name, config]);
      print(Object.fromEntries(configs), false);
    });

  withProject(catalog.command("list-versions"))
    .description("the versions of a dataset, newest first, as --load-versions takes them")
    .argument("<dataset>", "name of the dataset")
    .addOption(jsonOption())
    .action(async (dataset: string, options) => {
      print(await app.catalog.listVersions({ ...projectOptions(options), dataset }), options.json);
    });
}
