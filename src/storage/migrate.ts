import type { Database } from "bun:sqlite";
import type { Clock } from "../lib/clock.ts";
import { TegakiError, UnavailableError } from "../lib/errors.ts";
import type { Connection } from "./connection.ts";

/** One step of the schema. The SQL is part of the program, so the executable needs no separate files. */
export interface Migration {
  /** 1, 2, 3, ..., without gaps. */
  version: number;
  name: string;
  sql: string;
  /** Runs after `sql`, in the same transaction: what SQL alone cannot do. */
  fill?(database: Database): void;
}

/**
 * Updates the store to the newest migration, all in one transaction: when one fails, the file stays exactly as it was,
 * and the program that created it can still use it. Two processes that open a new store at the same time wait for each
 * other; a store that is up to date is only read.
 *
 * @throws UnavailableError when the file is not a tegaki store, was created by a newer tegaki (it is then not
 *   changed), or a migration fails.
 */
export function migrate(connection: Connection, migrations: readonly Migration[], clock: Clock): void {
  const { path } = connection;
  const known = migrations.length;
  if (connection.read("open the store", (database) => versionOf(database, path, known)) === known) return;
  connection.writeNow("update the store", (database) => {
    const version = versionOf(database, path, known);
    if (version === 0) database.run(MIGRATIONS_TABLE);
    for (const migration of migrations.slice(version)) apply(database, migration, { path, clock });
  });
}

const MIGRATIONS_TABLE =
  "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT";

/** Applies one migration within the caller's transaction. */
function apply(
  database: Database,
  { version, name, sql, fill }: Migration,
  { path, clock }: { path: string; clock: Clock },
): void {
  try {
    database.run(sql);
    fill?.(database);
    database
      .query("INSERT INTO migrations (version, name, applied_at) VALUES ($version, $name, $at)")
      .run({ version, name, at: clock.now().toISOString() });
  } catch (error) {
    if (error instanceof TegakiError) throw error;
    throw new UnavailableError(
      `Cannot update the store ${path}: migration ${version} (${name}) failed: ${(error as Error).message}. ` +
        "The file is unchanged. Use the version of tegaki that created it, and report this error",
      { cause: error },
    );
  }
}

/** The schema version of a store; 0 for an empty database. */
function versionOf(database: Database, path: string, known: number): number {
  const tables = database
    .query<{ name: string }, []>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all()
    .map((table) => table.name);
  if (!tables.includes("migrations")) {
    if (tables.length > 0) {
      throw new UnavailableError(
        `Cannot open the store ${path}: it is the database of another program (it has a table "${tables[0]}" but no table "migrations"). Choose another directory with --dir`,
      );
    }
    return 0;
  }
  const row = database
    .query<{ version: number | null }, []>("SELECT max(version) AS version FROM migrations")
    .get();
  const version = row?.version ?? 0;
  if (version > known) {
    throw new UnavailableError(
      `Cannot open the store ${path}: it was created by a newer tegaki (its schema version is ${version}, this tegaki supports up to ${known}). Use the newer tegaki, or choose another directory with --dir`,
    );
  }
  return version;
}
