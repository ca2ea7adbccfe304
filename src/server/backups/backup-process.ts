import type { BackupRecord } from "../../domain/backups/backup.ts";
import { UnavailableError } from "../../lib/errors.ts";
import { giveWay } from "../../scheduler/give-way.ts";
import type { Served } from "../served.ts";

/** Makes a backup. @throws UnavailableError with the reason when it fails. */
export type RunBackup = (backup: Pick<BackupRecord, "file" | "kind" | "keptUntil">) => Promise<void>;

/** Makes backups in a child process of this program, so that no label waits for it; `stop` ends one under way. */
export function backupProcess({ runtime, project }: Pick<Served, "runtime" | "project">): {
  run: RunBackup;
  stop(): void;
} {
  let running: Bun.Subprocess<"ignore", "ignore", "pipe"> | null = null;
  return {
    async run({ file, kind, keptUntil }) {
      const options = ["--dir", project.dir, "--kind", kind, "--kept-until", String(keptUntil)];
      const child = Bun.spawn([...runtime.command, "backup", file, ...options], {
        ...{ stdin: "ignore", stdout: "ignore", stderr: "pipe" },
      });
      running = child;
      giveWay(child.pid);
      const [err, code] = await Promise.all([new Response(child.stderr).text(), child.exited]);
      running = null;
      if (code === 0) return;
      const reason = err
        .trim()
        .split("\n")
        .at(-1)
        ?.replace(/^tegaki: /, "");
      throw new UnavailableError(reason || `the process of the backup ended with ${code}`);
    },
    stop: () => running?.kill(),
  };
}
