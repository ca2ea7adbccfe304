import { type Command, InvalidArgumentError, Option } from "commander";
import { megabytes } from "../../backup/disk.ts";
import { BACKUP_KINDS } from "../../domain/backups/backup.ts";
import { UsageError } from "../../lib/errors.ts";
import type { Application } from "../application.ts";
import { jsonOption } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { backupText, restoreText, verificationText } from "./backup-text.ts";
import { VerificationFailed } from "./verification-failed.ts";

const DIR = ["--dir <dir>", "project directory, with conf and data", "."] as const;

/** Adds `tegaki backup`, `tegaki restore` and `tegaki verify`. */
export function addBackupCommands(program: Command, app: Application, terminal: Terminal): void {
  program
    .command("backup")
    .description(
      "write the store, the models and the configuration into one file, also while a server is running. Secrets are left out",
    )
    .argument("<file>", "the file to write, such as tegaki-backup.zip; it must not exist")
    .option(...DIR)
    .addOption(jsonOption())
    // A server passes these on, for the list of its backups.
    .addOption(new Option("--kind <kind>").choices(BACKUP_KINDS).default("manual").hideHelp())
    .addOption(new Option("--kept-until <time>").argParser(timeOf).default(null).hideHelp())
    .action(async (file: string, { json, ...options }) => {
      const summary = await app.backups.create({
        ...{ file, ...options },
        onProgress: progress(terminal, "backing up"),
      });
      clear(terminal);
      for (const problem of summary.problems) terminal.err(`Warning: ${problem}\n`);
      terminal.out(json ? `${JSON.stringify(summary)}\n` : backupText(summary));
    });

  program
    .command("restore")
    .description("restore a backup into an empty folder. What was forgotten since stays forgotten")
    .argument("<file>", "a file of `tegaki backup`")
    .option(...DIR)
    .option("--replace", "rename the data and conf that are there, and restore in their place", false)
    .addOption(jsonOption())
    .action(async (file: string, { dir, replace, json }) => {
      const onProgress = progress(terminal, "restoring");
      const summary = await app.backups.restore({ dir, file, isReplacing: replace, onProgress });
      clear(terminal);
      terminal.out(json ? `${JSON.stringify(summary)}\n` : restoreText(summary));
    });

  program
    .command("verify")
    .description(
      "check the store, every row and the files of every model, also while a server is running; or check that a backup is complete and unchanged. Exit code 1 when something is wrong",
    )
    .argument("[file]", "a backup, instead of the project")
    .option(...DIR)
    .addOption(jsonOption())
    .action(async (file: string | undefined, { dir, json }) => {
      if (file !== undefined) {
        if (file === "") throw new UsageError("Expected the name of a backup, found an empty one");
        const manifest = await app.backups.verifyFile(file);
        const bytes = manifest.files.reduce((sum, one) => sum + one.bytes, 0);
        return terminal.out(
          json
            ? `${JSON.stringify(manifest)}\n`
            : `${file} is complete and unchanged: ${manifest.counts.samples} drawings of ${manifest.createdAt}, ${megabytes(bytes)}\n`,
        );
      }
      const onProgress = (step: string) =>
        terminal.isInteractive && terminal.err(`\rchecking ${step}\u001b[K`);
      const result = await app.backups.verify({ dir, onProgress });
      clear(terminal);
      terminal.out(json ? `${JSON.stringify(result)}\n` : verificationText(result));
      if (result.problems.length > 0) throw new VerificationFailed(result.problems.length);
    });
}

function progress(terminal: Terminal, what: string): (share: number) => void {
  let shown = -1;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (!terminal.isInteractive || percent === shown) return;
    shown = percent;
    terminal.err(`\r${what}: ${percent} %\u001b[K`);
  };
}

function clear(terminal: Terminal): void {
  if (terminal.isInteractive) terminal.err("\r\u001b[K");
}

function timeOf(value: string): string {
  const time = new Date(value);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError("Expected a time, such as 2026-01-02T03:04:05Z.");
  return time.toISOString();
}
