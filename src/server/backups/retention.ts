import type { BackupRecord } from "../../domain/backups/backup.ts";

const DAY_MS = 86_400_000;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** How long backups are kept: days, and weeks for the first one of a week. */
export interface Keep {
  daily: number;
  weekly: number;
}

/** Decides whether a backup is the first one of its week (from Monday, UTC), and until when it is kept. */
export function planBackup(
  records: readonly BackupRecord[],
  now: Date,
  { daily, weekly }: Keep,
): Pick<BackupRecord, "kind" | "keptUntil"> {
  const isFirst = !records.some(({ kind, at }) => kind === "weekly" && weekOf(new Date(at)) === weekOf(now));
  const isWeekly = isFirst && weekly > 0;
  const days = isWeekly ? Math.max(daily, 7 * weekly) : daily;
  return {
    kind: isWeekly ? "weekly" : "daily",
    keptUntil: new Date(now.getTime() + days * DAY_MS).toISOString(),
  };
}

/** Returns the backups that may be deleted: their time is over, and there is a newer one. @param records newest first. */
export function expiredBackups(records: readonly BackupRecord[], now: Date): BackupRecord[] {
  return records
    .slice(1)
    .filter(({ keptUntil }) => keptUntil !== null && Date.parse(keptUntil) <= now.getTime());
}

function weekOf(time: Date): number {
  return Math.floor((time.getTime() - FIRST_MONDAY_MS) / (7 * DAY_MS));
}
