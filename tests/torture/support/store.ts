import { Database } from "bun:sqlite";
import { join } from "node:path";

/** Reads the store of a project without tegaki, beside whoever uses it. */
function read<T>(dir: string, work: (database: Database) => T): T {
  const database = new Database(join(dir, "data/tegaki.db"), { readwrite: true });
  try {
    database.run("PRAGMA busy_timeout = 5000");
    return work(database);
  } finally {
    database.close();
  }
}

/** The answer of SQLite's own check: "ok" for a store that is intact. */
export function integrityOf(dir: string): string {
  return read(dir, (database) => {
    const rows = database.query<{ integrity_check: string }, []>("PRAGMA integrity_check").all();
    return rows.map((row) => row.integrity_check).join("; ");
  });
}

/** The ids of all samples. */
export function sampleIds(dir: string): string[] {
  return read(dir, (database) =>
    database
      .query<{ id: string }, []>("SELECT id FROM samples")
      .all()
      .map(({ id }) => id),
  );
}

/** The number of rows of each table that people and programs change. */
export function rowCounts(dir: string): Record<string, number> {
  return read(dir, (database) => {
    const tables = database
      .query<{ name: string }, []>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      // Counts of what was requested, and the record of decisions, grow on their own.
      .filter(({ name }) => !/^(sqlite|prediction|monitor|scheduler_ticks|migrations)/.test(name));
    return Object.fromEntries(
      tables.map(({ name }) => [
        name,
        database.query<{ n: number }, []>(`SELECT count(*) AS n FROM "${name}"`).get()!.n,
      ]),
    );
  });
}

/** Takes the write lock of the store. @returns releases it. */
export function holdWriteLock(dir: string): () => void {
  const database = new Database(join(dir, "data/tegaki.db"), { readwrite: true });
  database.run("PRAGMA busy_timeout = 5000");
  database.run("BEGIN IMMEDIATE");
  return () => {
    database.run("ROLLBACK");
    database.close();
  };
}
