import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { Connection } from "../../../src/storage/connection.ts";
import { migrate } from "../../../src/storage/migrate.ts";
import { MIGRATIONS } from "../../../src/storage/migrations/all.ts";
import { FakeClock, withDirectory } from "../helpers.ts";

const BEFORE = MIGRATIONS.filter(({ version }) => version < 18);
const UP_TO = MIGRATIONS.filter(({ version }) => version <= 18);

/** Migrates a store to version 17, fills it, migrates it to 18, and passes its connection. */
async function migrated(fill: (database: Database) => void, check: (database: Database) => void) {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    const migrateTo = (migrations: typeof MIGRATIONS) => {
      const connection = Connection.open(path);
      migrate(connection, migrations, new FakeClock());
      connection.close();
    };
    migrateTo(BEFORE);
    const database = new Database(path, { strict: true });
    fill(database);
    migrateTo(UP_TO);
    check(database);
    database.close();
  });
}

const ACTIONS = `INSERT INTO sample_actions (id, kind, label, n, at, actor, undone_at) VALUES
  (3, 'relabel', '7', 2, '2026-01-02T03:04:05.000Z', 'local', NULL),
  (5, 'import', 'app.zip', 9, '2026-01-02T03:04:06.000Z', NULL, '2026-01-03T00:00:00.000Z'),
  (9, 'none', NULL, 1, '2026-01-02T03:04:07.000Z', NULL, NULL)`;

test("migration 18 keeps actions and changes as they were, and never uses a number twice", async () => {
  let before: unknown[] = [];
  await migrated(
    (database) => {
      database.run(ACTIONS);
      database.run("DELETE FROM sample_actions WHERE id = 9");
      database.run(
        `INSERT INTO sample_changes (sample_id, at, action, label_from, state_from, label_to, state_to, action_id, review_from)
         VALUES ('s', '2026-01-02T03:04:05.000Z', 'changed', '1', 'labelled', '7', 'labelled', 3, 'suspect')`,
      );
      before = database.query("SELECT * FROM sample_actions ORDER BY id").all();
    },
    (database) => {
      expect(before).toHaveLength(2);
      expect(database.query("SELECT * FROM sample_actions ORDER BY id").all()).toEqual(before);
      expect(database.query("SELECT action_id, review_from, review_to FROM sample_changes").all()).toEqual([
        { action_id: 3, review_from: "suspect", review_to: null },
      ]);
      const add = (kind: string) =>
        database
          .query<{ id: number }, { kind: string }>(
            "INSERT INTO sample_actions (kind, n, at) VALUES ($kind, 0, 'now') RETURNING id",
          )
          .get({ kind })!.id;
      // 9 was used once.
      expect([add("grid"), add("confirm")]).toEqual([10, 11]);
      expect(() => add("invent")).toThrow("CHECK");
      expect(
        database.query("SELECT count(*) AS n FROM sqlite_sequence WHERE name LIKE 'sample_actions%'").get(),
      ).toEqual({ n: 1 });
    },
  );
});

test("migration 18 starts at 1 where there were no actions", async () => {
  await migrated(
    () => {},
    (database) => {
      database.run("INSERT INTO sample_actions (kind, n, at) VALUES ('grid', 0, 'now')");
      expect(database.query("SELECT id FROM sample_actions").all()).toEqual([{ id: 1 }]);
    },
  );
});
