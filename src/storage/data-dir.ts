import { accessSync, chmodSync, constants, mkdirSync, statSync } from "node:fs";
import { UnavailableError } from "../lib/errors.ts";

const REASONS: Record<string, string> = {
  EACCES: "this user may not write there. Give it permission, or choose another directory with --dir",
  EPERM: "this user may not write there. Give it permission, or choose another directory with --dir",
  EROFS: "the file system is read-only. Choose another directory with --dir",
  ENOTDIR: "a part of the path is a file. Choose another directory with --dir",
  EEXIST: "a file with this name already exists. Choose another directory with --dir",
  ENOSPC: "the disk is full. Free some space and try again",
};

/**
 * Creates the data directory if it is missing, and checks that this user may write there.
 * Only its owner has access (0700), because drawings and names are personal: wider permissions are revoked.
 *
 * @throws UnavailableError naming the reason why it cannot be used; nothing is changed then.
 */
export function prepareDataDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    const stat = statSync(dir);
    if (stat.uid === process.getuid?.() && (stat.mode & 0o077) !== 0) chmodSync(dir, 0o700);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new UnavailableError(`Cannot use the data directory ${dir}: ${REASONS[code] ?? message}`, {
      cause: error,
    });
  }
}
