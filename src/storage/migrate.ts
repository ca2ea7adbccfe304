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
 * Updates the store to the newest migration, each in its own transaction: when one fails, the file stays
 * exactly as the previous migration left it. Two processes that open a new store at the same time wait for each other.
 *
 * @throws UnavailableError when the file is not a tegaki store, was created by a newer tegaki (it is then not
 *   changed), or a migration fails.
 */
export function migrate(connection: Connection, migrations: readonly Migration[], clock: Clock): void {
  const { path } = connection;
  for (const migration of migrations) {
    try {
      connection.writeNow("update the store", (database) => {
        const version = currentVersion(database, path, migrations.at(-1)?.version ?? 0);
        if (version >= migration.version) return;
        database.run(migration.sql);
        migration.fill?.(database);
        database
          .query("INSERT INTO migrations (version, name, applied_at) VALUES ($version, $name, $at)")
          .run({ version: migration.version, name: migration.name, at: clock.now().toISOString() });
      });
    } catch (error) {
      if (error instanceof TegakiError) throw error;
      throw new UnavailableError(
        `Cannot update the store ${path}: migration ${migration.version} (${migration.name}) failed: ${(error as Error).message}. ` +
          "The file is unchanged. Use the version of tegaki that created it, and report this error",
        { cause: error },
      );
    }
  }
}

function currentVersion(database: Database, path: string, known: number): number {
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
    database.run(
      "CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT",
    );
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
