/** Why a backup was made: by a person, once a day or a week, or before a migration of the store. */
export const BACKUP_KINDS = ["manual", "daily", "weekly", "before_migration"] as const;
/** Why a backup was made. */
export type BackupKind = (typeof BACKUP_KINDS)[number];

/** A backup of a project that exists. */
export interface BackupRecord {
  /** Relative to the project directory, or absolute when it is elsewhere. */
  file: string;
  kind: BackupKind;
  /** When the store was copied; ISO 8601, UTC. */
  at: string;
  bytes: number;
  /** When the server deletes it, if there is a newer one then; null for one that people delete themselves. */
  keptUntil: string | null;
}

/** A copy that may hold drawings: a backup, or a data folder that a restore has replaced. */
export type HoldingCopy = Pick<BackupRecord, "file" | "at" | "keptUntil">;

/** The backups of a project, as its server sees them. */
export interface BackupState {
  /** Those that exist, newest first. */
  records: BackupRecord[];
  /** When the next one is made; null when none are scheduled. */
  nextAt: string | null;
  /** The last attempt of this server, if it has failed. */
  failed: { at: string; reason: string } | null;
}
