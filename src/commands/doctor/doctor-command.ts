import type { Command } from "commander";
import type { Application } from "../application.ts";
import { VerificationFailed } from "../backup/verification-failed.ts";
import { jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import type { Finding } from "./finding.ts";

/** Adds `tegaki doctor`. */
export function addDoctorCommand(program: Command, app: Application, terminal: Terminal): void {
  withProject(program.command("doctor"))
    .description(
      "what is wrong, and what to do: processor, memory, disk, permissions, clock, configuration, store, models, backups. Nothing is changed. Exit code 1 when there is a problem",
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const onProgress = (step: string) =>
        terminal.isInteractive && terminal.err(`\rchecking ${step}\u001b[K`);
      const found = await app.doctor({ ...projectOptions(options), onProgress });
      if (terminal.isInteractive) terminal.err("\r\u001b[K");
      terminal.out(options.json ? `${JSON.stringify(found)}\n` : found.map(findingText).join(""));
      const problems = found.filter(({ status }) => status === "problem").length;
      if (problems > 0) throw new VerificationFailed(problems);
    });
}

const MARKS: Readonly<Record<Finding["status"], string>> = { ok: "ok", advice: "note", problem: "PROBLEM" };

function findingText({ check, status, message, action }: Finding): string {
  const line = `${MARKS[status].padEnd(8)}${check.padEnd(12)}${message}\n`;
  return action === null ? line : `${line}${" ".repeat(20)}${action}\n`;
}
