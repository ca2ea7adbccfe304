import { resolve } from "node:path";
import type { BackupSummary } from "../../backup/create-backup.ts";
import type { Manifest } from "../../backup/manifest.ts";
import type { RestoreSummary } from "../../backup/restore.ts";
import { finishSwap } from "../../backup/swap.ts";
import type { Verification } from "../../backup/verify-project.ts";
import { loadCredentials } from "../../config/credentials.ts";
import type { BackupRecord } from "../../domain/backups/backup.ts";
import { messageOf } from "../../lib/errors.ts";
import { forgetRestored } from "../../project/forgetting/forget-restored.ts";
import { readForgottenList } from "../../project/forgetting/forgotten-list.ts";
import type { Runtime } from "../../project/runtime.ts";
import { secretsOf } from "../../project/secrets.ts";

/** A long operation on a project directory. */
interface Work {
  dir: string;
  /** @param share in [0, 1]. */
  onProgress?(share: number): void;
}

/** The operations of `tegaki backup`, `tegaki restore` and `tegaki verify`. */
export interface BackupCommands {
  create(options: Work & Pick<BackupRecord, "file" | "kind" | "keptUntil">): Promise<BackupSummary>;
  restore(options: Work & { file: string; isReplacing: boolean }): Promise<RestoreSummary>;
  verify(options: { dir: string; onProgress?(step: string): void }): Promise<Verification>;
  /** Checks that a backup is complete and unchanged. */
  verifyFile(file: string): Promise<Manifest>;
}

/** Creates the operations, whose modules are loaded when they are needed. They work without the configuration, which may be what is broken. */
export function backupCommands(runtime: Runtime): BackupCommands {
  const { clock, version: tegaki } = runtime;
  return {
    async create({ dir, ...options }) {
      const project = resolve(dir);
      await finishSwap(project);
      const { createBackup } = await import("../../backup/create-backup.ts");
      return createBackup({
        ...options,
        dir: project,
        tegaki,
        clock,
        secrets: await secretsIn(project, runtime),
      });
    },
    async restore(options) {
      const { restoreBackup } = await import("../../backup/restore.ts");
      return restoreBackup({
        ...options,
        clock,
        forget: (dataDir, current) => forgetRestored({ dataDir, current, clock }, runtime.note),
      });
    },
    async verify({ dir, ...options }) {
      const project = resolve(dir);
      await finishSwap(project);
      const { verifyProject } = await import("../../backup/verify-project.ts");
      return verifyProject({ ...options, dir: project, readForgotten: readForgottenList });
    },
    async verifyFile(file) {
      const { openBackup } = await import("../../backup/read-backup.ts");
      return (await openBackup(file)).manifest;
    },
  };
}

/** A file of credentials is never in a backup; its values are looked for in the other files. */
async function secretsIn(dir: string, runtime: Runtime): Promise<string[]> {
  try {
    return secretsOf(await loadCredentials(dir, runtime.environ));
  } catch (error) {
    runtime.note(
      `Warning: ${messageOf(error)}. So the other configuration files were not searched for secrets; check them before you pass the backup on`,
    );
    return [];
  }
}
