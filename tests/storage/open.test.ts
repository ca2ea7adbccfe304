import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { NewSample } from "../../src/domain/sample.ts";
import { UnavailableError } from "../../src/lib/errors.ts";
import { Connection } from "../../src/storage/connection.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { MIGRATIONS } from "../../src/storage/migrations/all.ts";
import { openStore } from "../../src/storage/open.ts";
import { FakeClock, memoryStore, newRun, newSample, rejectionOf, withDirectory } from "./helpers.ts";

const clock = new FakeClock();
const open = (path: string) => openStore({ path, clock, holdoutFraction: 0.2 });
const pragma = (connection: Connection, name: string) =>
  connection.read("look", (database) => Object.values(database.query(`PRAGMA ${name}`).get() as object)[0]);

test("open() sets busy_timeout, WAL, synchronous FULL and foreign keys on a file", async () => {
  await withDirectory(async (dir) => {
    const connection = Connection.open(`${dir}/tegaki.db`);
    expect(pragma(connection, "busy_timeout")).toBe(5_000);
    expect(pragma(connection, "journal_mode")).toBe("wal");
    expect(pragma(connection, "synchronous")).toBe(2);
    expect(pragma(connection, "foreign_keys")).toBe(1);
    connection.close();
  });
});

test("writeWithoutSync() stores, and leaves synchronous FULL for the next write, also when it fails", async () => {
  await withDirectory(async (dir) => {
    const connection = Connection.open(`${dir}/tegaki.db`);
    await connection.write("create", (database) => void database.run("CREATE TABLE t (n INTEGER)"));
    const insert = (n: number) =>
      connection.writeWithoutSync("insert", (database) => {
        database.run("INSERT INTO t VALUES (?)", [n]);
        if (n < 0) throw new RangeError("negative");
        return pragma(connection, "synchronous");
      });
    expect(await insert(1)).toBe(1);
    await expect(insert(-1)).rejects.toThrow("negative");
    expect(pragma(connection, "synchronous")).toBe(2);
    expect(await connection.write("look", () => pragma(connection, "synchronous"))).toBe(2);
    expect(connection.read("count", (database) => database.query("SELECT n FROM t").all())).toEqual([
      { n: 1 },
    ]);
    connection.close();
  });
});

test("openStore() finds what was stored when it is opened again, and leaves one file behind", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const first = await open(path);
    const { sample } = await first.samples.insert(newSample());
    await first.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    const second = await open(path);
    expect(await second.samples.get(sample.id)).toEqual(sample);
    await second.close();
  });
});

test("openStore() lets two connections on one file write in turn and see each other's rows", async () => {
  await withDirectory(async (dir) => {
    const [serve, run] = await Promise.all([open(`${dir}/tegaki.db`), open(`${dir}/tegaki.db`)]);
    await serve!.samples.insert(newSample());
    await run!.runs.create(newRun("r1"));
    const ids = [];
    for (let i = 0; i < 10; i++)
      ids.push((await (i % 2 ? serve! : run!).samples.insert(newSample())).sample.id);
    expect(ids).toEqual(ids.toSorted());
    expect((await serve!.runs.get("r1"))?.status).toBe("queued");
    expect((await run!.samples.stats()).total).toBe(11);
    await serve!.close();
    await run!.close();
  });
});

/** Adds a sample to a store that is not up to date yet, as the release of that time did. */
function addOld(connection: Connection, id: string, { drawing, pixels, label, writer }: NewSample): void {
  connection.writeNow("add a sample", (database) =>
    database
      .query(
        `INSERT INTO samples (id, drawing, pixels, preprocessing, label, writer, source, split, state,
           idempotency_key, created_at, updated_at)
         VALUES ($id, $drawing, $pixels, 1, $label, $writer, 'draw', 'train', 'labelled', $id, $at, $at)`,
      )
      .run({
        id,
        drawing: drawing && JSON.stringify(drawing),
        pixels,
        label,
        writer,
        at: "2026-01-01T00:00:00.000Z",
      }),
  );
}

test.each([1, 2, 3])(
  "a store of schema %i keeps every sample, and knows each of its drawings",
  async (schema) => {
    await withDirectory(async (dir) => {
      const path = `${dir}/tegaki.db`;
      const connection = Connection.open(path);
      migrate(connection, MIGRATIONS.slice(0, schema), clock);
      const [drawn, scanned] = [newSample({ writer: "ada" }), newSample({ drawing: null })];
      const ids = [1, 2, 3].map((n) => `019b7ca9-8c88-7000-8000-00000000000${n}`);
      for (const [n, sample] of [drawn, scanned, drawn].entries()) addOld(connection, ids[n]!, sample);
      connection.close();
      const store = await open(path);
      const stored = await Array.fromAsync(store.samples.iterate());
      expect(stored.map(({ id, arrival, drawing }) => ({ id, arrival, drawing }))).toEqual(
        [drawn, scanned, drawn].map(({ drawing }, n) => ({ id: ids[n]!, arrival: ids[n]!, drawing })),
      );
      // Of two identical drawings that are already stored, the older one counts.
      for (const [sample, id] of [
        [drawn, ids[0]],
        [scanned, ids[1]],
      ] as const) {
        expect(await store.samples.insert(sample)).toMatchObject({ sample: { id }, isNew: false });
      }
      const negative = await store.samples.insert(newSample({ writer: "ada", label: null }));
      expect(negative.sample.state).toBe("negative");
      expect(await store.samples.countAfter(ids[2]!)).toBe(0);
      await store.close();
    });
  },
);

test("openStore() refuses a store that a newer tegaki made and does not touch it", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    await (await open(path)).close();
    const database = new Database(path);
    database.run("INSERT INTO migrations VALUES (99, 'future', '2030-01-01T00:00:00Z')");
    database.close();
    const before = readFileSync(path);
    const error = await rejectionOf(open(path));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain("it was created by a newer tegaki (its schema version is 99");
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

test("openStore() refuses the database of another program", async () => {
  await withDirectory(async (dir) => {
    const database = new Database(`${dir}/other.db`);
    database.run("CREATE TABLE accounts (id INTEGER)");
    database.close();
    const error = await rejectionOf(open(`${dir}/other.db`));
    expect(error.message).toContain('database of another program (it has a table "accounts"');
  });
});

test("openStore() says what to do when the file is not a database or its directory is missing", async () => {
  await withDirectory(async (dir) => {
    writeFileSync(`${dir}/tegaki.db`, "this is not a database, only words that are long enough".repeat(100));
    const notOurs = await rejectionOf(open(`${dir}/tegaki.db`));
    expect(notOurs).toBeInstanceOf(UnavailableError);
    expect(notOurs.message).toContain("it is not a tegaki store. Restore a backup");
    const missing = await rejectionOf(open(`${dir}/none/tegaki.db`));
    expect(missing).toBeInstanceOf(UnavailableError);
    expect(missing.message).toContain("Check that its directory exists");
  });
});

test("openStore() refuses a holdout fraction outside [0, 1)", async () => {
  for (const holdoutFraction of [-0.1, 1, Number.NaN]) {
    expect(await rejectionOf(memoryStore(clock, holdoutFraction))).toBeInstanceOf(RangeError);
  }
});

const NEXT = MIGRATIONS.length + 1;

test("migrate() leaves the old store usable when a migration fails half way", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const before = await open(path);
    const { sample } = await before.samples.insert(newSample());
    await before.close();
    const connection = Connection.open(path);
    const broken = {
      version: NEXT,
      name: "broken",
      sql: "DROP TABLE splits; INSERT INTO nowhere VALUES (1);",
    };
    expect(() => migrate(connection, [...MIGRATIONS, broken], clock)).toThrow(
      `migration ${NEXT} (broken) failed: no such table: nowhere. The file is unchanged`,
    );
    connection.close();
    const after = await open(path);
    expect(await after.samples.get(sample.id)).toEqual(sample);
    await after.samples.insert(newSample({ writer: "ada" }));
    await after.close();
  });
});

test("migrate() applies each migration once, and only those that are missing", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    await (await open(path)).close();
    const connection = Connection.open(path);
    const next = { version: NEXT, name: "notes", sql: "CREATE TABLE notes (text TEXT) STRICT" };
    migrate(connection, [...MIGRATIONS, next], clock);
    migrate(connection, [...MIGRATIONS, next], clock);
    const rows = connection.read("look", (database) =>
      database.query("SELECT version, name FROM migrations").all(),
    );
    expect(rows).toEqual([
      ...MIGRATIONS.map(({ version, name }) => ({ version, name })),
      { version: NEXT, name: "notes" },
    ]);
    connection.close();
  });
});

test("MIGRATIONS are numbered 1, 2, 3, ... without gaps", () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1));
});

test("openStore() brings a store of the first release up to date and keeps what is in it", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const connection = Connection.open(path);
    migrate(connection, MIGRATIONS.slice(0, 1), clock);
    connection.writeNow("add a run", (database) =>
      database.run(
        `INSERT INTO runs (id, pipeline, params, "trigger", command, status, created_at, versions, metrics)
         VALUES ('old', 'tuning', '{}', 'cli', 'tegaki run', 'done', '2026-01-01T00:00:00.000Z', '{}', '{}')`,
      ),
    );
    connection.close();
    const store = await open(path);
    expect(await store.runs.get("old")).toMatchObject({ id: "old", status: "done" });
    expect(await store.runs.details("old")).toBeNull();
    expect(await store.runs.nodes("old")).toEqual([]);
    await store.close();
  });
});

test("openStore() recognises the images of drawings that an earlier release stored", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const connection = Connection.open(path);
    const pen = newSample();
    migrate(connection, MIGRATIONS.slice(0, 15), clock);
    connection.writeNow("add a drawing", (database) =>
      database
        .query(
          `INSERT INTO samples (id, arrival, drawing, pixels, preprocessing, label, source, split, state, created_at,
             updated_at)
           VALUES ('old', 'old', $drawing, $pixels, 1, '7', 'draw', 'train', 'labelled', '2026', '2026')`,
        )
        .run({ drawing: JSON.stringify(pen.drawing), pixels: pen.pixels }),
    );
    connection.close();
    const store = await open(path);
    expect(await store.samples.insertMany([{ ...pen, drawing: null }])).toEqual([
      { result: "known", id: "old" },
    ]);
    await store.close();
  });
});
