import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { recordedBackups } from "../../backup/records.ts";
import { stamp } from "../../backup/stamp.ts";
import type { BackupRecord, BackupState } from "../../domain/backups/backup.ts";
import type { NewNotice } from "../../domain/notice.ts";
import type { Clock } from "../../lib/clock.ts";
import { cronTimes } from "../../lib/cron.ts";
import { messageOf } from "../../lib/errors.ts";
import type { Log } from "../../lib/log.ts";
import { saying } from "../../lib/saying.ts";
import type { RunBackup } from "./backup-process.ts";
import { expiredBackups, type Keep, planBackup } from "./retention.ts";

/** When the server makes backups, and where. */
export interface BackupSettings {
  /** A cron expression; null for never. */
  cron: string | null;
  timeZone: string;
  keep: Keep;
  /** Relative to the project directory, or absolute. */
  folder: string;
}

/** Everything that scheduled backups need. */
export interface ScheduledBackupsDeps {
  /** The project directory. */
  dir: string;
  /** They may change between two turns. */
  settings(): BackupSettings;
  run: RunBackup;
  clock: Clock;
  log: Log;
  notify(notice: NewNotice): Promise<void>;
}

/** The backups that a server makes. */
export interface ScheduledBackups {
  /** One step; must not be called again before it resolves. */
  turn(): Promise<void>;
  state(): Promise<BackupState>;
}

/** After one that has failed, the next attempt is made after this time. */
const RETRY_MS = 3_600_000;

/**
 * Creates the backups of a server: one is made when the cron expression has had a time since the last one, so that a
 * time that has passed while the server was not running counts. People are told of the first of several failures in a row.
 */
export function createScheduledBackups(deps: ScheduledBackupsDeps): ScheduledBackups {
  const { dir, settings, clock, log } = deps;
  /** Without an earlier backup, times count from when this server has first seen the expression. */
  let seen: { cron: string; atMs: number } | null = null;
  let failed: { at: string; reason: string } | null = null;

  function nextMs(records: readonly BackupRecord[]): number | null {
    const { cron, timeZone } = settings();
    if (cron === null) return null;
    if (seen?.cron !== cron) seen = { cron, atMs: clock.now().getTime() };
    const last = records.find(({ kind }) => kind === "daily" || kind === "weekly");
    const next = cronTimes(cron, timeZone).next(last === undefined ? seen.atMs : Date.parse(last.at));
    if (failed === null || next === null) return next;
    return Math.max(next, Date.parse(failed.at) + RETRY_MS);
  }

  async function make(records: readonly BackupRecord[]): Promise<void> {
    const now = clock.now();
    const plan = planBackup(records, now, settings().keep);
    const file = join(resolve(dir, settings().folder), `${plan.kind}-${stamp(now)}.zip`);
    try {
      await deps.run({ file, ...plan });
      failed = null;
      log.info(`a backup was made: ${file}`);
    } catch (error) {
      const reason = messageOf(error);
      const isFirst = failed === null;
      failed = { at: now.toISOString(), reason };
      log.error("the backup has failed; it is tried again in an hour", { error });
      if (isFirst) await deps.notify(failureNotice(reason));
    }
  }

  async function prune(): Promise<void> {
    for (const { file } of expiredBackups(await recordedBackups(dir), clock.now())) {
      await rm(resolve(dir, file), { force: true });
      log.info(`an old backup was deleted: ${file}`);
    }
  }

  return {
    async turn() {
      const records = await recordedBackups(dir);
      const next = nextMs(records);
      if (next !== null && next <= clock.now().getTime()) await make(records);
      await prune();
    },
    async state() {
      const records = await recordedBackups(dir);
      const next = nextMs(records);
      return { records, nextAt: next === null ? null : new Date(next).toISOString(), failed };
    },
  };
}

function failureNotice(reason: string): NewNotice {
  return {
    message: `The scheduled backup has failed: ${reason}`,
    says: saying("backupFailed", { reason }),
    href: "/server",
  };
}
