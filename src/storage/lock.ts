import { Database } from "bun:sqlite";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, systemClock } from "../lib/clock.ts";
import { UnavailableError } from "../lib/errors.ts";
import { prepareDataDir } from "./data-dir.ts";
import { explainFailure, isBusy } from "./failures.ts";

/** How long a second process waits for the first to let go, as when a service is restarted. */
const WAIT_MS = 500;

/** Held by the one `serve` that owns a data directory. Keep it reachable: it ends when it is garbage collected. */
export interface DataDirLock {
  /** Tells whoever comes second where the holder listens. */
  setAddress(address: string): void;
  /** Safe to call twice. */
  release(): void;
}

interface Holder {
  pid: number;
  startedAt: string;
  address: string | null;
}

/**
 * Takes the data directory for this process, making it when it is missing: an exclusive transaction on
 * `tegaki.lock` in it, which the operating system ends with the process, so that nothing is left behind by a
 * kill -9. `tegaki.holder` beside it says who holds it. No other code may open `tegaki.lock` in this process:
 * closing it would give the lock away.
 *
 * @throws UnavailableError within a second when another process holds it, naming that one, or when the
 *   directory cannot be written.
 */
export async function lockDataDir(dir: string, clock: Clock = systemClock): Promise<DataDirLock> {
  prepareDataDir(dir);
  const database = takeLock(dir);
  const path = join(dir, "tegaki.holder");
  const holder: Holder = { pid: process.pid, startedAt: clock.now().toISOString(), address: null };
  const tell = () => writeFileSync(path, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    tell();
  } catch (error) {
    database.close();
    throw new UnavailableError(`Cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
  let isHeld = true;
  return {
    setAddress(address) {
      holder.address = address;
      if (isHeld) tell();
    },
    release() {
      if (!isHeld) return;
      isHeld = false;
      rmSync(path, { force: true });
      database.close();
    },
  };
}

function takeLock(dir: string): Database {
  const path = join(dir, "tegaki.lock");
  let database: Database | undefined;
  try {
    database = new Database(path, { create: true, readwrite: true });
    database.run(`PRAGMA busy_timeout = ${WAIT_MS}`);
    database.run("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (!isBusy(error)) throw explainFailure(error, "lock the data directory", path);
    throw new UnavailableError(
      `Cannot use the data directory ${dir}: ${nameHolder(dir)} holds it. Stop that one, or choose another directory with --dir`,
      { cause: error },
    );
  }
}

/** In words, from what the holder wrote; the file may be missing or half written, the lock is what counts. */
function nameHolder(dir: string): string {
  try {
    const { pid, startedAt, address } = JSON.parse(
      readFileSync(join(dir, "tegaki.holder"), "utf8"),
    ) as Holder;
    const where = address === null ? "" : `, on ${address}`;
    return `another tegaki (process ${pid}, since ${startedAt}${where})`;
  } catch {
    return "another tegaki";
  }
}
