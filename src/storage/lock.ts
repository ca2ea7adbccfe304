import { Database } from "bun:sqlite";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, systemClock } from "../lib/clock.ts";
import { UnavailableError } from "../lib/errors.ts";
import { prepareDataDir } from "./data-dir.ts";
import { explainFailure, isBusy } from "./failures.ts";

/** How long a second process waits for the first to release the lock, as when a service is restarted. */
const WAIT_MS = 500;

/** The lock of the one `serve` that owns a data directory. Keep a reference: garbage collection releases it. */
export interface DataDirLock {
  /** Records the address on which the holder listens, for the error message of a second process. */
  setAddress(address: string): void;
  /** Safe to call twice. */
  release(): void;
}

/** Another process holds the data directory. */
export class LockedError extends UnavailableError {
  /** Where that process listens; null when it does not, or not yet. */
  readonly address: string | null;

  constructor(message: string, address: string | null, options?: ErrorOptions) {
    super(message, options);
    this.address = address;
  }
}

interface Holder {
  pid: number;
  startedAt: string;
  address: string | null;
}

/**
 * Locks the data directory for this process, creating it if it is missing. The lock is an exclusive transaction on
 * `tegaki.lock` in it, which the operating system ends with the process, so that not even kill -9 leaves a stale
 * lock. `tegaki.holder` next to it names the holder. No other code in this process may open `tegaki.lock`:
 * closing it would release the lock.
 *
 * @throws LockedError within a second when another process holds the lock, naming that process.
 * @throws UnavailableError when the directory cannot be written.
 */
export async function lockDataDir(dir: string, clock: Clock = systemClock): Promise<DataDirLock> {
  prepareDataDir(dir);
  const database = takeLock(dir);
  const path = join(dir, "tegaki.holder");
  const holder: Holder = { pid: process.pid, startedAt: clock.now().toISOString(), address: null };
  const writeHolder = () => writeFileSync(path, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    writeHolder();
  } catch (error) {
    database.close();
    throw new UnavailableError(`Cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
  let isHeld = true;
  return {
    setAddress(address) {
      holder.address = address;
      if (isHeld) writeHolder();
    },
    release() {
      if (!isHeld) return;
      isHeld = false;
      rmSync(path, { force: true });
      database.close();
    },
  };
}

/** Whether a process holds the lock of the data directory. @throws UnavailableError when that cannot be found out. */
export function isDataDirLocked(dir: string): boolean {
  const path = join(dir, "tegaki.lock");
  if (!existsSync(path)) return false;
  let database: Database | undefined;
  try {
    database = begin(path, 0);
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw explainFailure(error, "look at the lock of the data directory", path);
  } finally {
    database?.close();
  }
}

/** Names the process that holds the lock of the data directory, for people; null when none does. */
export function holderOf(dir: string): string | null {
  return isDataDirLocked(dir) ? nameOf(readHolder(dir)) : null;
}

/** The address on which the process that holds the lock listens; null when none does, or it listens nowhere yet. */
export function holderAddress(dir: string): string | null {
  return isDataDirLocked(dir) ? (readHolder(dir)?.address ?? null) : null;
}

function begin(path: string, waitMs: number): Database {
  const database = new Database(path, { create: true, readwrite: true });
  try {
    database.run(`PRAGMA busy_timeout = ${waitMs}`);
    database.run("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function takeLock(dir: string): Database {
  const path = join(dir, "tegaki.lock");
  try {
    return begin(path, WAIT_MS);
  } catch (error) {
    if (!isBusy(error)) throw explainFailure(error, "lock the data directory", path);
    const holder = readHolder(dir);
    throw new LockedError(
      `Cannot use the data directory ${dir}: ${nameOf(holder)} is using it. Stop that process, or choose another directory with --dir`,
      holder?.address ?? null,
      { cause: error },
    );
  }
}

/** The holder by its file, which may be missing or incomplete: only the lock counts. */
function readHolder(dir: string): Holder | null {
  try {
    return JSON.parse(readFileSync(join(dir, "tegaki.holder"), "utf8")) as Holder;
  } catch {
    return null;
  }
}

function nameOf(holder: Holder | null): string {
  if (holder === null) return "another tegaki";
  const { pid, startedAt, address } = holder;
  const where = address === null ? "" : `, on ${address}`;
  return `another tegaki (process ${pid}, since ${startedAt}${where})`;
}
