import { type Command, Option } from "commander";
import { ON_CONFLICT } from "../../domain/samples/sample-import.ts";
import { InputError } from "../../lib/errors.ts";
import type { ImportedRow } from "../../project/samples/import-result.ts";
import type { Application } from "../application.ts";
import { imageFiles, jsonOption, projectOptions, withImageFile, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { printImport, refusal, SHOWN_CONFLICTS } from "./import-messages.ts";
import { addLineageCommands } from "./lineage-commands.ts";
import { addPinCommands, addReviewCommands } from "./review.ts";

/** Adds `tegaki samples`. */
export function addSamplesCommands(program: Command, app: Application, terminal: Terminal): void {
  const samples = program.command("samples").description("the labelled drawings");

  withImageFile(withProject(samples.command("import")))
    .description(
      "add new drawings from a file, also one of `samples export`. Each drawing is stored once: a file can be imported again after it has grown, or after an import was interrupted",
    )
    .option("--writer <name>", "who drew them, where the file does not say")
    .addOption(
      new Option(
        "--on-conflict <action>",
        "when a drawing is stored with another label: import nothing of the file, keep the stored label, or replace it",
      )
        .choices(ON_CONFLICT)
        .default("fail"),
    )
    .addOption(jsonOption())
    .action(async (file: string, options) => {
      const rows: ImportedRow[] = [];
      const conflicts: ImportedRow[] = [];
      const counts = await app.samples.import({
        ...projectOptions(options),
        ...imageFiles(file, options),
        writer: options.writer,
        onConflict: options.onConflict,
        onRow: (row) => {
          if (options.json) rows.push(row);
          if (row.result === "conflict" && conflicts.length < SHOWN_CONFLICTS) conflicts.push(row);
        },
        onProgress: (done, step) => terminal.isInteractive && terminal.err(`\r${done} drawings ${step}`),
      });
      if (terminal.isInteractive) terminal.err("\r\u001b[K");
      for (const notice of counts.notices) terminal.err(`${notice}\n`);
      if (options.json) terminal.out(`${JSON.stringify({ ...counts, rows })}\n`);
      if (counts.conflicts > 0) throw new InputError(refusal(file, counts, conflicts));
      if (!options.json) printImport(terminal, file, counts);
    });

  withProject(samples.command("export"))
    .description("print every sample as NDJSON, oldest first")
    .option("--unlabelled", "print the drawings without a label instead, which wait in the label queue")
    .action(async (options) => {
      let isRead = true;
      const count = await app.samples.export({
        ...projectOptions(options),
        isUnlabelled: options.unlabelled === true,
        write: async (line) => {
          terminal.out(`${line}\n`);
          isRead = (await terminal.canTakeMore?.()) ?? true;
          return isRead;
        },
      });
      // A closed pipe ends the output quietly: a count of what was not read would be wrong.
      if (isRead) terminal.err(`${count} ${options.unlabelled === true ? "drawings" : "samples"} exported\n`);
    });

  addLineageCommands(samples, app, terminal);
  addPinCommands(samples, app, terminal);
  addReviewCommands(samples, app, terminal);

  withProject(samples.command("stats"))
    .description("number of samples, by label and split")
    .addOption(jsonOption())
    .action(async (options) => {
      const stats = await app.samples.stats(projectOptions(options));
      if (options.json) return terminal.out(`${JSON.stringify(stats)}\n`);
      terminal.out(
        `${stats.total} samples: ${stats.bySplit.train} for training, ${stats.bySplit.holdout} held out\n`,
      );
      for (const [label, n] of Object.entries(stats.byLabel)) terminal.out(`  ${label}  ${n}\n`);
      if (stats.negatives > 0) terminal.out(`  none of the classes  ${stats.negatives}\n`);
    });
}
