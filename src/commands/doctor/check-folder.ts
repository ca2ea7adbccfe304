import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { freeBytes, megabytes } from "../../backup/disk.ts";
import { recordedBackups } from "../../backup/records.ts";
import { isSwapPlanned } from "../../backup/swap.ts";
import { messageOf } from "../../lib/errors.ts";
import { holderOf } from "../../storage/lock.ts";
import { newestTime } from "../../storage/snapshot/newest-time.ts";
import { type Finding, findings } from "./finding.ts";

/** With less than this, labels are soon refused. */
const MIN_FREE_BYTES = 100_000_000;
/** Clocks of two machines that are set right differ by less. */
const CLOCK_TOLERANCE_MS = 300_000;
const OLD_BACKUP_MS = 8 * 86_400_000;

/** Checks the files of a project: permissions, disk, clock, whether another process uses it, and its backups. */
export async function checkFolder(dir: string, now: Date): Promise<Finding[]> {
  const dataDir = join(dir, "data");
  const store = join(dataDir, "tegaki.db");
  return [
    checkPermissions(dataDir, store),
    await checkDisk(dataDir, store),
    checkClock(store, now),
    checkProcess(dir, dataDir),
    await checkBackups(dir, now),
  ];
}

function checkPermissions(dataDir: string, store: string): Finding {
  const { ok, advice, problem } = findings("permissions");
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    accessSync(store, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "EROFS" ? "its file system is read-only" : "this user may not write there";
    return problem(
      `${dataDir} cannot be used: ${reason}`,
      `Run tegaki as the owner of ${dataDir}, or change the owner`,
    );
  }
  const { mode, uid } = statSync(dataDir);
  if ((mode & 0o077) !== 0) {
    return advice(
      `other users of this machine can read ${dataDir}`,
      `chmod 700 ${dataDir}; tegaki does it when it starts`,
    );
  }
  const { uid: owner } = statSync(store);
  if (owner !== uid) {
    return advice(
      "the store belongs to another user than its folder",
      `chown the files in ${dataDir} to one user`,
    );
  }
  return ok("the data can be read and written by its owner only");
}

async function checkDisk(dataDir: string, store: string): Promise<Finding> {
  const { ok, advice, problem } = findings("disk");
  const [free, size] = [await freeBytes(dataDir), statSync(store).size];
  const message = `${megabytes(free)} free, the store has ${megabytes(size)}`;
  if (free < MIN_FREE_BYTES)
    return problem(message, "Free some space: labels are refused when the disk is full");
  if (free < 2 * size)
    return advice(message, "Free some space: a backup and an update of the store need twice its size");
  return ok(message);
}

function checkClock(store: string, now: Date): Finding {
  const { ok, problem } = findings("clock");
  let newest: string | null;
  try {
    newest = newestTime(store);
  } catch (error) {
    return problem(
      `the times of the store cannot be read: ${messageOf(error)}`,
      "See the problem of the store",
    );
  }
  const ahead = newest === null ? 0 : Date.parse(newest) - now.getTime();
  if (ahead <= CLOCK_TOLERANCE_MS) return ok(`it is ${now.toISOString()}`);
  return problem(
    `it is ${now.toISOString()}, but the store has something of ${newest}`,
    "Set the clock of this machine: schedules, retention and backups go by it",
  );
}

function checkProcess(dir: string, dataDir: string): Finding {
  const { ok, advice, problem } = findings("process");
  if (isSwapPlanned(dir)) {
    return advice("a restore was interrupted", "Any command, such as tegaki samples stats, finishes it");
  }
  try {
    const holder = holderOf(dataDir);
    return ok(holder === null ? "no server is using the project" : `${holder} is serving the project`);
  } catch (error) {
    return problem(messageOf(error), "Give this user permission to write to the data directory");
  }
}

async function checkBackups(dir: string, now: Date): Promise<Finding> {
  const { ok, advice } = findings("backups");
  const [newest] = await recordedBackups(dir);
  if (newest === undefined) {
    return advice(
      "there is no backup",
      "tegaki backup FILE makes one; backup.cron in server.yml makes them regularly",
    );
  }
  const message = `the newest is ${newest.file}, of ${newest.at}`;
  if (now.getTime() - Date.parse(newest.at) < OLD_BACKUP_MS) return ok(message);
  return advice(message, "Make another one with tegaki backup FILE, or set backup.cron in server.yml");
}
