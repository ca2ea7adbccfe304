import { appendFile, readdir, readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import * as v from "valibot";
import { BACKUP_KINDS, type BackupRecord, type HoldingCopy } from "../domain/backups/backup.ts";
import { UnavailableError } from "../lib/errors.ts";

/** The list of the backups of a project, one line of JSON each; lines are only ever added. */
export const RECORDS_FILE = "data/backups.ndjson";

const record = v.object({
  file: v.string(),
  kind: v.picklist(BACKUP_KINDS),
  at: v.pipe(v.string(), v.isoTimestamp()),
  bytes: v.number(),
  keptUntil: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
});

/** Records a backup that was made. @param backup its file is absolute. */
export async function recordBackup(dir: string, backup: BackupRecord): Promise<void> {
  const within = relative(dir, backup.file);
  const file = within.startsWith("..") || isAbsolute(within) ? backup.file : within;
  await appendFile(join(dir, RECORDS_FILE), `${JSON.stringify({ ...backup, file })}\n`, { mode: 0o600 });
}

/** Returns the recorded backups whose files exist, newest first. @throws UnavailableError when the list cannot be read. */
export async function recordedBackups(dir: string): Promise<BackupRecord[]> {
  const text = await readFile(join(dir, RECORDS_FILE), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw new UnavailableError(`Cannot read ${RECORDS_FILE}: ${error.message}`, { cause: error });
  });
  // The last one of each file: a name may be used again after a backup was deleted.
  const byFile = new Map(
    text
      .split("\n")
      .flatMap(parse)
      .map((one) => [one.file, one]),
  );
  const found = await Promise.all(
    [...byFile.values()].map(async (one) => ((await isFile(resolve(dir, one.file))) ? [one] : [])),
  );
  return found.flat().sort((a, b) => b.at.localeCompare(a.at));
}

/**
 * Returns the copies of a project's drawings that were made since a time, newest first: backups, and the data folders
 * that restores have replaced. Backups that were moved elsewhere are not known.
 * @param since ISO 8601, UTC.
 */
export async function copiesSince(dir: string, since: string): Promise<HoldingCopy[]> {
  const names = await readdir(dir).catch(() => []);
  const replaced = names.flatMap((name) => {
    const at = replacedAt(name);
    return at === null ? [] : [{ file: name, at, keptUntil: null }];
  });
  const backups = (await recordedBackups(dir)).map(({ file, at, keptUntil }) => ({ file, at, keptUntil }));
  return [...backups, ...replaced].filter(({ at }) => at >= since).sort((a, b) => b.at.localeCompare(a.at));
}

/** When a data folder of this name was replaced; null for any other name. */
function replacedAt(name: string): string | null {
  const [, y, m, d, h, min, s] =
    /^data\.replaced-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-\d+)?$/.exec(name) ?? [];
  return y === undefined ? null : `${y}-${m}-${d}T${h}:${min}:${s}.000Z`;
}

/** A line that a crash has cut off is no record. */
function parse(line: string): BackupRecord[] {
  try {
    return [v.parse(record, JSON.parse(line))];
  } catch {
    return [];
  }
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
