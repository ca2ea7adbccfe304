import { Database, type SQLiteError } from "bun:sqlite";
import { UnavailableError } from "../lib/errors.ts";
import { explainFailure, isBusy } from "./failures.ts";
import { OpenFiles } from "./open-files.ts";

/** How long a statement waits for another process's write before it fails. */
const BUSY_TIMEOUT_MS = 5_000;
/** Pause between two attempts to get the write lock; shorter than the pause that an import makes for others. */
const RETRY_MS = 2;
/** The size to which the write-ahead log is truncated after a large import. */
const JOURNAL_SIZE_LIMIT_BYTES = 16 * 1024 * 1024;

/** More than one label takes: its drawing, in the table, the indexes and the write-ahead log. */
const PROOF_BYTES = 1024 * 1024;

/** One open database. Every access names its purpose, so that an error can name what could not be done. */
export class Connection {
  #isClosed = false;
  #lastWrite: Promise<unknown> = Promise.resolve();
  /** Whether a write has failed since the last `prove`. */
  #hasFailed = false;
  readonly #files: OpenFiles;
  readonly path: string;
  readonly #database: Database;
  readonly #busyTimeoutMs: number;

  // biome-ignore lint/style/useConsistentMemberAccessibility: a constructor has no #.
  private constructor(path: string, database: Database, busyTimeoutMs: number) {
    this.path = path;
    this.#files = new OpenFiles(path);
    this.#database = database;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  /**
   * Opens or creates the file and sets the pragmas that durability requires: `busy_timeout` first (switching to WAL
   * may already have to wait), then WAL, `synchronous = FULL` and foreign keys, each verified.
   *
   * @param path a file in an existing directory, or ":memory:".
   * @throws UnavailableError when the file cannot be opened or a pragma has no effect.
   */
  static open(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS): Connection {
    let database: Database | undefined;
    try {
      database = new Database(path, { create: true, readwrite: true, strict: true });
      configure(database, path, busyTimeoutMs);
      return new Connection(path, database, busyTimeoutMs);
    } catch (error) {
      database?.close();
      throw explainFailure(error, "open the store", path);
    }
  }

  /** Runs `work` outside a transaction. @param what completes "Cannot ...". */
  read<T>(what: string, work: (database: Database) => T): T {
    this.#assertOpen(what);
    try {
      return work(this.#database);
    } catch (error) {
      throw explainFailure(error, what, this.path);
    }
  }

  /**
   * Runs `work` in one transaction that holds the write lock from its start: either all of it is stored, or nothing.
   * While another process holds the lock, this waits without blocking the thread. Writes run in the order of the calls.
   * @throws UnavailableError also when the files are no longer those that were opened.
   */
  write<T>(what: string, work: (database: Database) => T): Promise<T> {
    return this.#inTurn(what, () => this.#attempt(what, work));
  }

  /**
   * As `write`, but without waiting for the disk. A crash of the process loses nothing; a power loss may lose the
   * newest of these writes, until a later `write` makes them durable. For the many small records of a run in progress.
   */
  writeWithoutSync<T>(what: string, work: (database: Database) => T): Promise<T> {
    return this.#inTurn(what, () => {
      this.read(what, (database) => database.run("PRAGMA synchronous = NORMAL"));
      try {
        return this.#attempt(what, work);
      } finally {
        this.#database.run("PRAGMA synchronous = FULL");
      }
    });
  }

  /** As `write`, but blocks the thread while it waits: for the start, when there is nothing else to do. */
  writeNow<T>(what: string, work: (database: Database) => T): T {
    return this.read(what, (database) => database.transaction(() => work(database)).immediate());
  }

  /**
   * Checks that the store can be written to, by writing. After a write that has failed, a few bytes could still be stored
   * on a full disk: then as many are written as the largest drawing takes, and freed again.
   * @param store stores something that differs from what is there, with so many bytes more.
   */
  async prove(what: string, store: (database: Database, bytes: number) => void): Promise<void> {
    if (this.#hasFailed) await this.write(what, (database) => store(database, PROOF_BYTES));
    await this.write(what, (database) => store(database, 0));
    this.#hasFailed = false;
  }

  /**
   * Rewrites the database so that neither its file nor its write-ahead log has anything of deleted rows: what was
   * deleted otherwise stays in free pages, and in pages that moved. Others may read meanwhile, but not write.
   * @throws UnavailableError when the disk is full, or another process reads for longer than the busy timeout.
   */
  rewrite(what: string): Promise<void> {
    return this.#inTurn(what, () => {
      try {
        this.#database.run("VACUUM");
        const row = this.#database.query<{ busy: number }, []>("PRAGMA wal_checkpoint(TRUNCATE)").get();
        if (row?.busy !== 1) return { result: undefined };
        throw new UnavailableError(
          `Cannot ${what}: ${this.path}: another process is reading it. Stop that process, or try again in a moment`,
        );
      } catch (error) {
        if (isBusy(error)) return { busy: error };
        throw explainFailure(error, what, this.path);
      }
    });
  }

  /** Safe to call twice. */
  close(): void {
    this.#isClosed = true;
    this.#database.close();
  }

  /** Writes after those called before, again and again while another process holds the write lock. */
  #inTurn<T>(what: string, attempt: () => Attempt<T>): Promise<T> {
    const deadlineMs = performance.now() + this.#busyTimeoutMs;
    const result = this.#lastWrite.then(() => this.#writeUntil(deadlineMs, what, attempt));
    this.#lastWrite = result.catch(() => {});
    return result;
  }

  async #writeUntil<T>(deadlineMs: number, what: string, attempt: () => Attempt<T>): Promise<T> {
    for (;;) {
      const tried = attempt();
      if ("result" in tried) return tried.result;
      if (performance.now() >= deadlineMs) throw explainFailure(tried.busy, what, this.path);
      await Bun.sleep(RETRY_MS);
    }
  }

  #attempt<T>(what: string, work: (database: Database) => T): Attempt<T> {
    const busy = this.read(what, (database) => begin(database, this.#busyTimeoutMs));
    return busy === null ? { result: this.#finish(what, work) } : { busy };
  }

  #finish<T>(what: string, work: (database: Database) => T): T {
    try {
      const result = this.read(what, (database) => finish(database, work));
      this.#files.assertUnchanged(what);
      return result;
    } catch (error) {
      this.#hasFailed ||= error instanceof UnavailableError;
      throw error;
    }
  }

  #assertOpen(what: string): void {
    if (this.#isClosed) throw new UnavailableError(`Cannot ${what}: the store ${this.path} is closed`);
  }
}

/** The result of a transaction, or the error of SQLite while another process holds the write lock. */
type Attempt<T> = { result: T } | { busy: SQLiteError };

/** Begins a transaction with the write lock, without waiting. @returns SQLite's error when the lock is taken, or null. */
function begin(database: Database, busyTimeoutMs: number): SQLiteError | null {
  database.run("PRAGMA busy_timeout = 0");
  try {
    database.run("BEGIN IMMEDIATE");
    return null;
  } catch (error) {
    if (isBusy(error)) return error;
    throw error;
  } finally {
    database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  }
}

/** Does the work of a transaction that has begun, and commits it, or rolls back what fails. */
function finish<T>(database: Database, work: (database: Database) => T): T {
  try {
    const result = work(database);
    database.run("COMMIT");
    return result;
  } catch (error) {
    // Some failures, such as a full disk, have already rolled back.
    if (database.inTransaction) database.run("ROLLBACK");
    throw error;
  }
}

function configure(database: Database, path: string, busyTimeoutMs: number): void {
  database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  if (path !== ":memory:") setPragma(database, path, "journal_mode", "wal");
  setPragma(database, path, "synchronous", 2);
  setPragma(database, path, "foreign_keys", 1);
  database.run(`PRAGMA journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`);
}

function setPragma(database: Database, path: string, name: string, value: string | number): void {
  database.run(`PRAGMA ${name} = ${value}`);
  const found = Object.values(database.query<Record<string, unknown>, []>(`PRAGMA ${name}`).get() ?? {})[0];
  if (found === value) return;
  throw new UnavailableError(
    `Cannot open the store ${path}: ${name} must be ${value}, but is ${found} on this file system. Use a local disk`,
  );
}
