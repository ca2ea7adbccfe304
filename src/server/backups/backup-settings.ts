import type { ServerConfig } from "../../config/schema.ts";
import type { BackupSettings } from "./scheduled-backups.ts";

/** Picks the settings of backups from server.yml. */
export function backupSettings({
  backup,
  scheduler,
}: Pick<ServerConfig, "backup" | "scheduler">): BackupSettings {
  const { cron, keep, folder } = backup;
  return { cron, timeZone: scheduler.time_zone, keep, folder };
}
