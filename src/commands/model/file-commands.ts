import type { Command } from "commander";
import type { Application } from "../application.ts";
import { jsonOption, modelVersion, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { diffText } from "./diff-text.ts";

/** Adds `tegaki model diff|delete|export|import|prune`. */
export function addFileCommands(model: Command, app: Application, terminal: Terminal): void {
  withProject(model.command("diff"))
    .description("how two versions differ: figures, parameters, data, classes, architecture, weights")
    .argument("<a>", "a version or an alias, usually the older one")
    .argument("<b>", "a version or an alias")
    .addOption(jsonOption())
    .action(async (a: string, b: string, options) => {
      const diff = await app.models.diff({ ...projectOptions(options), a, b });
      terminal.out(options.json ? `${JSON.stringify(diff)}\n` : diffText(diff));
    });

  withProject(model.command("delete"))
    .description("remove the files of a version; refused while an alias, a roll back or a run needs it")
    .argument("<version>", "model version", modelVersion)
    .addOption(jsonOption())
    .action(async (version: number, options) => {
      const deleted = await app.models.delete({ ...projectOptions(options), version });
      terminal.out(
        options.json
          ? `${JSON.stringify(deleted)}\n`
          : `The files of version ${version} were removed; its record stays\n`,
      );
    });

  withProject(model.command("export"))
    .description("write a version as a zip archive: a tfjs LayersModel with its card and metrics")
    .argument("<model>", "a version or an alias")
    .argument("[file]", "the file to write (default: tegaki-digits-VERSION.zip)")
    .option("--force", "replace an existing file", false)
    .addOption(jsonOption())
    .action(async (name: string, file: string | undefined, options) => {
      const written = await app.models.export({
        ...projectOptions(options),
        model: name,
        ...(file === undefined ? {} : { file }),
        isReplacing: options.force,
      });
      terminal.out(
        options.json ? `${JSON.stringify(written)}\n` : `${written.file} (${written.bytes} bytes)\n`,
      );
    });

  withProject(model.command("import"))
    .description("register a model from a zip archive or a folder as a candidate, after checking all of it")
    .argument("<file>", "a zip archive or folder with model.json and its weights")
    .addOption(jsonOption())
    .action(async (file: string, options) => {
      const imported = await app.models.import({ ...projectOptions(options), file });
      terminal.out(
        options.json
          ? `${JSON.stringify(imported)}\n`
          : `Registered as version ${imported.version}. The gate has not evaluated it\n`,
      );
    });

  withProject(model.command("prune"))
    .description("remove the files of versions that nothing needs, all but the newest models.keep")
    .option("--dry-run", "only print what would be removed", false)
    .addOption(jsonOption())
    .action(async (options) => {
      const isDryRun: boolean = options.dryRun;
      const removed = await app.models.prune({ ...projectOptions(options), isDryRun });
      if (options.json) return terminal.out(`${JSON.stringify({ dry_run: isDryRun, removed })}\n`);
      if (removed.length === 0) return terminal.out("Nothing to remove\n");
      const verb = isDryRun ? "would be removed" : "removed";
      for (const { version, key } of removed) terminal.out(`${version}  ${key}  ${verb}\n`);
    });
}
