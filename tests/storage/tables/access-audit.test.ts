import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { openStore } from "../../../src/storage/open.ts";
import { record } from "../contract/access-support.ts";
import { FakeClock, withDirectory } from "../helpers.ts";

/** A file whose audit log has two records, for changing behind the store's back. */
async function withLog(work: (database: Database) => void | Promise<void>): Promise<void> {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
    await store.access.record(record());
    await store.access.record(record({ action: "run.start", target: null }));
    const database = new Database(path);
    try {
      await work(database);
      expect(await store.access.audit({ limit: 10 })).toEqual([
        { id: 2, ...record({ action: "run.start", target: null }) },
        { id: 1, ...record() },
      ]);
    } finally {
      database.close();
      await store.close();
    }
  });
}

test.each([
  "UPDATE audit SET actor = 'local'",
  "UPDATE audit SET at = at WHERE id = 1",
  "DELETE FROM audit",
  "DELETE FROM audit WHERE id = 2",
])("the database refuses %p, whoever sends it", async (sql) => {
  await withLog((database) => {
    expect(() => database.run(sql)).toThrow("the audit log is append-only");
  });
});

test("the database refuses to replace a record by another one with its id", async () => {
  await withLog((database) => {
    const sql = `INSERT OR REPLACE INTO audit (id, at, actor, action, outcome, detail)
      VALUES (1, '2026-01-02T03:04:05.000Z', 'local', 'run.start', 'done', '{}')`;
    expect(() => database.run(sql)).toThrow("the audit log is append-only");
  });
});
