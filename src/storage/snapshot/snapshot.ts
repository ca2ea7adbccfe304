import { constants, Database, SQLiteError } from "bun:sqlite";
import { constants as access, accessSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { InputError, UnavailableError } from "../../lib/errors.ts";
import { explainFailure } from "../failures.ts";
import { MIGRATIONS } from "../migrations/all.ts";

/** How long a snapshot waits for a process that holds an exclusive lock, as another one does while it opens the store. */
const BUSY_TIMEOUT_MS = 5_000;

const DAMAGED = /^SQLITE_(?:CORRUPT|NOTADB)/;

/** The newest schema version that this program can read: that of the stores it writes. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)!.version;

/** The files of a registered model version, and the hash with which it was registered. */
export interface SnapshotModel {
  version: number;
  /** Relative to the data directory, or the key of the base model in the executable. */
  key: string;
  sha256: string;
}

/** Everything that a backup's manifest says about a store. */
export interface SnapshotSummary {
  schema: number;
  counts: { samples: number; runs: number; models: number };
  /** Those whose files have not been removed. */
  models: SnapshotModel[];
}

/**
 * Copies a store to a new file, as it is at one moment, while other processes read and write it. What is acknowledged
 * before the call is in it. Free pages are not, so nothing that was deleted is.
 *
 * @param path an existing store. @param to a file that does not exist; it is not flushed to the disk.
 * @throws UnavailableError when the store cannot be read or `to` cannot be written; `to` may then be incomplete.
 */
export function copyStore(path: string, to: string): void {
  withStore(path, `copy the store to ${dirname(to)}`, (database) =>
    database.query("VACUUM INTO $to").run({ to }),
  );
}

/** Reads what a manifest says about a store. @throws UnavailableError when it cannot be read, InputError when it is no store. */
export function summariseStore(path: string): SnapshotSummary {
  return withStore(path, "read the store", (database) => {
    const schema = schemaOf(database);
    if (schema === null)
      throw new InputError(`${path} is not a store of tegaki: it has no table "migrations"`);
    const count = (table: string) =>
      database.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${table}`).get()!.n;
    const deletable = hasColumn(database, "models", "deleted_at") ? "WHERE deleted_at IS NULL" : "";
    return {
      schema,
      counts: { samples: count("samples"), runs: count("runs"), models: count("models") },
      models: database
        .query<SnapshotModel, []>(`SELECT version, key, sha256 FROM models ${deletable} ORDER BY version`)
        .all(),
    };
  });
}

/** Returns the schema version of a store; null for a new file, or the database of another program. */
export function schemaVersion(path: string): number | null {
  return withStore(path, "read the store", schemaOf);
}

/**
 * Checks a database as a whole: pages, indexes, and references between rows.
 * @returns the problems as SQLite reports them, at most 100; empty for a sound one.
 */
export function integrityProblems(path: string): string[] {
  return withStore(path, "check the store", (database) => {
    try {
      return problemsIn(database);
    } catch (error) {
      // So damaged that the check itself ends early.
      if (error instanceof SQLiteError && DAMAGED.test(error.code ?? ""))
        return [`${error.message} (${error.code})`];
      throw error;
    }
  });
}

function problemsIn(database: Database): string[] {
  const found = database
    .query<{ integrity_check: string }, []>("PRAGMA integrity_check(100)")
    .all()
    .map((row) => row.integrity_check);
  const dangling = database
    .query<{ table: string; parent: string; n: number }, []>(
      `SELECT "table", parent, count(*) AS n FROM pragma_foreign_key_check GROUP BY "table", parent`,
    )
    .all();
  return [
    ...found.filter((line) => line !== "ok"),
    ...dangling.map(
      ({ table, parent, n }) => `${n} rows of ${table} refer to rows of ${parent} that do not exist`,
    ),
  ];
}

/**
 * Opens a store for reading, without changing it, next to whatever else uses it.
 * @throws UnavailableError when the file cannot be read or is damaged.
 */
export function withStore<T>(path: string, what: string, work: (database: Database) => T): T {
  let database: Database | undefined;
  try {
    database = openToRead(path);
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return work(database);
  } catch (error) {
    const explained = explainFailure(error, what, path);
    if (explained !== error || error instanceof InputError || error instanceof UnavailableError)
      throw explained;
    throw error;
  } finally {
    database?.close();
  }
}

/** Readers share a file next to the database, which cannot be created where nobody can write: nothing changes there. */
function openToRead(path: string): Database {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (canWrite(dirname(path)) || (log?.size ?? 0) > 0)
    return new Database(path, { readonly: true, strict: true });
  const { SQLITE_OPEN_READONLY, SQLITE_OPEN_URI } = constants;
  return new Database(`${pathToFileURL(path).href}?immutable=1`, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, access.W_OK);
    return true;
  } catch {
    return false;
  }
}

function schemaOf(database: Database): number | null {
  const has = database
    .query<unknown, []>("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'")
    .get();
  if (has === null) return null;
  return (
    database.query<{ version: number | null }, []>("SELECT max(version) AS version FROM migrations").get()
      ?.version ?? null
  );
}

function hasColumn(database: Database, table: string, column: string): boolean {
  return (
    database
      .query<unknown, { table: string; column: string }>(
        "SELECT 1 FROM pragma_table_info($table) WHERE name = $column",
      )
      .get({ table, column }) !== null
  );
}
