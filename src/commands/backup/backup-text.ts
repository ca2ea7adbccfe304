import type { BackupSummary } from "../../backup/create-backup.ts";
import { megabytes } from "../../backup/disk.ts";
import type { RestoreSummary } from "../../backup/restore.ts";
import type { Verification } from "../../backup/verify-project.ts";

/** Describes a backup that was made. */
export function backupText({ file, bytes, manifest }: BackupSummary): string {
  const { counts, models, leftOut } = manifest;
  const lines = [
    `${file}: ${counts.samples} drawings, ${counts.runs} runs, the files of ${models.length} models, ${megabytes(bytes)}`,
  ];
  if (leftOut.length > 0) {
    lines.push(`Not in it, because of secrets; keep a copy elsewhere: ${leftOut.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Describes a backup that was restored, and what is left to do. */
export function restoreText(summary: RestoreSummary): string {
  const { dir, manifest, replaced, keptSecrets, missingSecrets, forgotten } = summary;
  const { createdAt, tegaki, counts } = manifest;
  const lines = [
    `${dir} has the backup of ${createdAt} (tegaki ${tegaki}): ${counts.samples} drawings, ${counts.runs} runs, ${counts.models} models`,
    ...replaced.map((name) => `Replaced, and kept as ${name}; delete it when you no longer need it`),
  ];
  if (forgotten > 0)
    lines.push(`${forgotten} drawings were removed from it, because they have been forgotten since`);
  if (keptSecrets.length > 0) lines.push(`Kept, because backups have no secrets: ${keptSecrets.join(", ")}`);
  if (missingSecrets.length > 0) {
    lines.push(`Put back by hand, because backups have no secrets: ${missingSecrets.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Describes what a verification has found. */
export function verificationText({ rows, models, problems }: Verification): string {
  if (problems.length === 0) {
    return `Nothing is wrong: the database is sound, ${rows} rows can be read, and the files of ${models} models are as they were registered\n`;
  }
  return problems.map(({ message, action }) => `${message}\n  ${action}\n`).join("");
}
