import type { Command } from "commander";
import type { Whose } from "../../domain/lineage/forgetting.ts";
import { UsageError } from "../../lib/errors.ts";
import type { Application } from "../application.ts";
import { jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { forgetText, forgettable, forgottenText, lineageText } from "./lineage-text.ts";

/** Adds `tegaki samples lineage` and `tegaki samples forget`. */
export function addLineageCommands(samples: Command, app: Application, terminal: Terminal): void {
  withProject(samples.command("lineage"))
    .description("one drawing: who labelled it as what, and which runs and models used it")
    .argument("<id>", "the sample's id")
    .addOption(jsonOption())
    .action(async (id: string, options) => {
      const lineage = await app.samples.lineage({ ...projectOptions(options), id });
      terminal.out(options.json ? `${JSON.stringify(lineage)}\n` : lineageText(lineage));
    });

  withProject(samples.command("forget"))
    .description(
      "remove everything that a person has drawn: drawings with and without a label, history, caches, example images; and their answers as a labeller. It cannot be undone",
    )
    .option("--writer <name>", "whose drawings")
    .option("--session <id>", "the session of an anonymous writer")
    .option("--dry-run", "only print what would be removed", false)
    .option("--yes", "remove it", false)
    .addOption(jsonOption())
    .action(async (options) => {
      const whose = whoseOf(options);
      const project = projectOptions(options);
      if (!options.yes || options.dryRun) {
        const preview = await app.samples.previewForget({ ...project, whose });
        terminal.out(options.json ? `${JSON.stringify(preview)}\n` : forgetText(preview));
        if (options.dryRun) return;
        throw new UsageError(`Nothing was removed. Add --yes to forget ${forgettable(preview)}`);
      }
      const result = await app.samples.forget({ ...project, whose });
      terminal.out(options.json ? `${JSON.stringify(result)}\n` : forgottenText(result));
    });
}

/** @throws UsageError unless exactly one of the two is given. */
function whoseOf({ writer, session }: { writer?: string; session?: string }): Whose {
  if (writer !== undefined && session === undefined) return { writer };
  if (session !== undefined && writer === undefined) return { session };
  const found = writer === undefined ? "neither" : "both";
  throw new UsageError(`Expected either --writer or --session, found ${found}`);
}
