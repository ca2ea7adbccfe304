import type { Command } from "commander";
import type { Application } from "../application.ts";
import { imageFiles, jsonOption, projectOptions, withImageFile, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";

/** Adds `tegaki samples`. */
export function addSamplesCommands(program: Command, app: Application, terminal: Terminal): void {
  const samples = program.command("samples").description("the labelled drawings");

  withImageFile(withProject(samples.command("import")))
    .description("add new drawings from a file, which is imported completely or not at all")
    .option("--writer <name>", "who drew them, where the file does not say")
    .addOption(jsonOption())
    .action(async (file: string, options) => {
      const summary = await app.samples.import({
        ...projectOptions(options),
        ...imageFiles(file, options),
        writer: options.writer,
        onProgress: (done) => terminal.isInteractive && terminal.err(`\r${done} drawings read`),
      });
      if (terminal.isInteractive) terminal.err("\r\u001b[K");
      for (const notice of summary.notices) terminal.err(`${notice}\n`);
      if (options.json) return terminal.out(`${JSON.stringify(summary)}\n`);
      const known = summary.known === 0 ? "" : `; ${summary.known} already existed`;
      terminal.out(`${summary.imported} samples imported from ${file}${known}\n`);
      for (const row of summary.skipped) terminal.err(`  left out ${row.at}: ${row.reason}\n`);
    });

  withProject(samples.command("export"))
    .description("print every sample as NDJSON, oldest first")
    .action(async (options) => {
      const count = await app.samples.export({
        ...projectOptions(options),
        write: async (line) => {
          terminal.out(`${line}\n`);
          return (await terminal.canTakeMore?.()) ?? true;
        },
      });
      terminal.err(`${count} samples exported\n`);
    });

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
