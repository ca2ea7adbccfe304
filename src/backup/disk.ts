import { statfs } from "node:fs/promises";
import { messageOf, TegakiError, UnavailableError } from "../lib/errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Free some space and try again",
  EDQUOT: "the disk quota is used up. Free some space and try again",
  EACCES: "this user may not write there. Give it permission, or choose another place",
  EPERM: "this user may not write there. Give it permission, or choose another place",
  EROFS: "the file system is read-only. Choose another place",
  ENOTDIR: "a part of the path is a file. Choose another place",
  EEXIST: "a file has the name of a folder of the path. Choose another place",
  EIO: "the disk reports an error. Check the disk, then try again",
};

/**
 * Converts an error of the file system to one for users; any other one is returned unchanged.
 * @param what completes "Cannot ...".
 */
export function diskFailure(error: unknown, what: string): unknown {
  if (error instanceof TegakiError || !(error instanceof Error)) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const reason = REASONS[code] ?? messageOf(error);
  const where = path === undefined || what.includes(path) ? "" : `${path}: `;
  return new UnavailableError(`Cannot ${what}: ${where}${reason}`, { cause: error });
}

/** Bytes that this user may still write to the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** @throws UnavailableError when there is less space than `bytes`. @param what completes "Cannot ...". */
export async function requireSpace(folder: string, bytes: number, what: string): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= bytes) return;
  throw new UnavailableError(
    `Cannot ${what}: it takes up to ${megabytes(bytes)}, and ${folder} has ${megabytes(free)} left. Free some space, or choose another disk`,
  );
}

/** A size for people: "12 MB". */
export function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`;
}
