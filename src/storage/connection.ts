import { Database } from "bun:sqlite";
import { UnavailableError } from "../lib/errors.ts";
import { explainFailure } from "./failures.ts";

/** How long a statement waits for another process's write before it fails. */
const BUSY_TIMEOUT_MS = 5_000;
/** The size to which the write-ahead log is truncated after a large import. */
const JOURNAL_SIZE_LIMIT_BYTES = 16 * 1024 * 1024;

/** One open database. Every access names its purpose, so that an error can name what could not be done. */
export class Connection {
  #isClosed = false;
  readonly path: string;
  readonly #database: Database;

  // biome-ignore lint/style/useConsistentMemberAccessibility: a constructor has no #.
  private constructor(path: string, database: Database) {
    this.path = path;
    this.#database = database;
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
      return new Connection(path, database);
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

  /** Runs `work` in one transaction that holds the write lock from its start: either all of it is stored, or nothing. */
  write<T>(what: string, work: (database: Database) => T): T {
    return this.read(what, (database) => database.transaction(() => work(database)).immediate());
  }

  /** Safe to call twice. */
  close(): void {
    this.#isClosed = true;
    this.#database.close();
  }

  #assertOpen(what: string): void {
    if (this.#isClosed) throw new UnavailableError(`Cannot ${what}: the store ${this.path} is closed`);
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
