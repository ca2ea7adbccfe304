import { SQLiteError } from "bun:sqlite";
import { TegakiError, UnavailableError } from "../lib/errors.ts";

/** By the start of SQLite's error code: the problem, and what the user can do about it. */
const REASONS: readonly (readonly [code: string, reason: string])[] = [
  ["SQLITE_FULL", "the disk is full. Free some space and try again; everything stored so far is safe"],
  ["SQLITE_READONLY", "the file or its directory is read-only. Give this user write permission"],
  ["SQLITE_PERM", "access is denied. Give this user read and write permission"],
  [
    "SQLITE_CANTOPEN",
    "it cannot be opened. Check that its directory exists and that this user may write there",
  ],
  ["SQLITE_BUSY", "another process is using it. Stop that process, or try again in a moment"],
  ["SQLITE_LOCKED", "another process is using it. Stop that process, or try again in a moment"],
  ["SQLITE_IOERR", "the disk reports an error. Check the disk and its free space, then try again"],
  ["SQLITE_NOTADB", "it is not a tegaki store. Restore a backup, or choose another directory with --dir"],
  ["SQLITE_CORRUPT", "the file is damaged. Restore a backup, or choose another directory with --dir"],
];

/**
 * Converts an error of SQLite to one for users.
 *
 * @param what the work that failed, to complete "Cannot ...": `"store a sample"`.
 * @param path the database file.
 * @returns an UnavailableError when the machine is the cause (disk full, read-only, busy, damaged), with SQLite's
 *   error as `cause`; any other error unchanged, so that a bug is not disguised.
 */
export function explainFailure(error: unknown, what: string, path: string): unknown {
  if (error instanceof TegakiError || !(error instanceof SQLiteError)) return error;
  const reason = REASONS.find(([code]) => error.code?.startsWith(code))?.[1];
  if (reason === undefined) return error;
  return new UnavailableError(`Cannot ${what}: ${path}: ${reason} (${error.code})`, { cause: error });
}

/** Whether SQLite failed because another connection holds the lock. */
export function isBusy(error: unknown): error is SQLiteError {
  return error instanceof SQLiteError && (error.code?.startsWith("SQLITE_BUSY") ?? false);
}
