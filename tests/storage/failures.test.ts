import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { copyFileSync, cpSync, mkdirSync, renameSync, rmSync, truncateSync } from "node:fs";
import { LOCAL } from "../../src/domain/actor.ts";
import { UnavailableError } from "../../src/lib/errors.ts";
import { Connection } from "../../src/storage/connection.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { MIGRATIONS } from "../../src/storage/migrations/all.ts";
import { openStore } from "../../src/storage/open.ts";
import { SampleInserter } from "../../src/storage/tables/sample-insert.ts";
import { SqliteSamples } from "../../src/storage/tables/samples.ts";
import { FakeClock, newSample, rejectionOf, withDirectory } from "./helpers.ts";

const clock = new FakeClock();

const proveHealth = (db: Database, bytes: number) =>
  void db.run("INSERT OR REPLACE INTO health (id, checked_at) VALUES (1, ?)", ["x".repeat(bytes)]);

test("insert() throws UnavailableError when the disk is full, keeps what was stored and recovers with space", async () => {
  await withDirectory(async (dir) => {
    const connection = Connection.open(`${dir}/tegaki.db`);
    migrate(connection, MIGRATIONS, clock);
    const samples = new SqliteSamples(connection, clock, new SampleInserter(clock, 0.2));
    const limitPages = (pages: number) =>
      connection.read("limit", (db) => db.run(`PRAGMA max_page_count = ${pages}`));
    limitPages(60);
    let stored = 0;
    let failure: Error | null = null;
    while (failure === null && stored < 1_000) {
      await samples.insert(newSample()).then(
        () => stored++,
        (error: Error) => {
          failure = error;
        },
      );
    }
    expect(failure).toBeInstanceOf(UnavailableError);
    expect(String(failure)).toMatch(
      /Cannot store a sample: .*tegaki\.db: the disk is full\. Free some space/,
    );
    expect((await samples.stats()).total).toBe(stored);
    const proof = () => connection.prove("write to the store", proveHealth);
    // A few bytes would still fit.
    await connection.write("write a few bytes", (db) => proveHealth(db, 0));
    for (let i = 0; i < 3; i++) expect(await rejectionOf(proof())).toBeInstanceOf(UnavailableError);
    limitPages(1_000_000);
    await proof();
    await samples.insert(newSample());
    expect((await samples.stats()).total).toBe(stored + 1);
    connection.close();
  });
});

test("insert() throws UnavailableError when another process holds the write lock", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const store = await openStore({ path, clock, holdoutFraction: 0.2, busyTimeoutMs: 1 });
    const other = new Database(path);
    other.run("BEGIN IMMEDIATE");
    const error = await rejectionOf(store.samples.insert(newSample()));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain("another process is using it");
    other.run("ROLLBACK");
    expect((await store.samples.insert(newSample())).isNew).toBe(true);
    other.close();
    await store.close();
  });
});

test("checkWritable() resolves, again and again, when a write would succeed", async () => {
  const store = await openStore({ path: ":memory:", clock, holdoutFraction: 0.2 });
  await store.checkWritable();
  await store.checkWritable();
  await store.close();
});

test("checkWritable() throws UnavailableError while another process holds the write lock, and resolves after", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const store = await openStore({ path, clock, holdoutFraction: 0.2, busyTimeoutMs: 1 });
    const other = new Database(path);
    other.run("BEGIN IMMEDIATE");
    const error = await rejectionOf(store.checkWritable());
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain("Cannot write to the store");
    other.run("ROLLBACK");
    await store.checkWritable();
    other.close();
    await store.close();
  });
});

const REPLACED: readonly (readonly [string, (dir: string) => void])[] = [
  ["the data directory is deleted", (dir) => rmSync(dir, { recursive: true })],
  ["the database is deleted", (dir) => rmSync(`${dir}/tegaki.db`)],
  ["the write-ahead log is deleted", (dir) => rmSync(`${dir}/tegaki.db-wal`)],
  ["the data directory is moved away", (dir) => renameSync(dir, `${dir}-moved`)],
  [
    "a copy takes the place of the database",
    (dir) => {
      copyFileSync(`${dir}/tegaki.db`, `${dir}/copy`);
      renameSync(`${dir}/copy`, `${dir}/tegaki.db`);
    },
  ],
  [
    "the data directory is replaced by a copy",
    (dir) => {
      cpSync(dir, `${dir}-copy`, { recursive: true });
      rmSync(dir, { recursive: true });
      renameSync(`${dir}-copy`, dir);
    },
  ],
];

test.each(REPLACED)("no write is acknowledged after %s under the open store", async (_, replace) => {
  await withDirectory(async (root) => {
    const dir = `${root}/data`;
    mkdirSync(dir);
    const store = await openStore({ path: `${dir}/tegaki.db`, clock, holdoutFraction: 0.2 });
    await store.samples.insert(newSample());
    replace(dir);
    const writes = [
      store.samples.insert(newSample()),
      store.scheduler.setPaused({ paused: true, by: LOCAL, reason: null }),
      store.checkWritable(),
    ];
    for (const write of writes) {
      const error = await rejectionOf(write);
      expect(error).toBeInstanceOf(UnavailableError);
      expect(error.message).toMatch(/was deleted or replaced while tegaki was running. Stop tegaki, /);
    }
    await store.close().catch(() => {});
  });
});

test("insert() throws UnavailableError when the file is read-only", async () => {
  await withDirectory(async (dir) => {
    const connection = Connection.open(`${dir}/tegaki.db`);
    migrate(connection, MIGRATIONS, clock);
    connection.read("protect", (database) => database.run("PRAGMA query_only = 1"));
    const samples = new SqliteSamples(connection, clock, new SampleInserter(clock, 0.2));
    const error = await rejectionOf(samples.insert(newSample()));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain("the file or its directory is read-only");
    connection.close();
  });
});

test("every access throws UnavailableError after close()", async () => {
  const store = await openStore({ path: ":memory:", clock, holdoutFraction: 0.2 });
  await store.close();
  for (const work of [store.samples.get("x"), store.checkWritable(), store.samples.insert(newSample())]) {
    const error = await rejectionOf(work);
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain("is closed");
  }
});

test("reading throws UnavailableError when the file was cut short", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const store = await openStore({ path, clock, holdoutFraction: 0.2 });
    await store.samples.insertMany(Array.from({ length: 200 }, () => newSample()));
    await store.close();
    truncateSync(path, 100_000);
    const damaged = await openStore({ path, clock, holdoutFraction: 0.2 }).then(
      (opened) => rejectionOf(Array.fromAsync(opened.samples.iterate())),
      (error: Error) => error,
    );
    expect(damaged).toBeInstanceOf(UnavailableError);
    expect(damaged.message).toMatch(/damaged|disk reports an error/);
  });
});

test("a row that another hand has changed is refused by name of its column", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const store = await openStore({ path, clock, holdoutFraction: 0.2 });
    const { sample } = await store.samples.insert(newSample());
    const other = new Database(path);
    other.run(
      `PRAGMA ignore_check_constraints = 1; UPDATE samples SET drawing = '{"strokes":', split = 'both'`,
    );
    other.close();
    const error = await rejectionOf(store.samples.get(sample.id));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain(`samples ${sample.id}: column drawing should be JSON`);
    await store.close();
  });
});
