import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { Store } from "../../../src/domain/store.ts";
import { UnavailableError } from "../../../src/lib/errors.ts";
import { openStore } from "../../../src/storage/open.ts";
import { openStoreThread } from "../../../src/storage/thread/store-thread.ts";
import { FakeClock, newSample, rejectionOf, withDirectory } from "../helpers.ts";

const workerUrl = new URL("../../../src/store-worker.ts", import.meta.url);
const options = { clock: new FakeClock(), holdoutFraction: 0.2 };

const OPENED: [string, (path: string, busyTimeoutMs?: number) => Promise<Store>][] = [
  ["on a thread", (path, busyTimeoutMs) => openStoreThread({ ...options, path, busyTimeoutMs, workerUrl })],
  ["on this thread", (path, busyTimeoutMs) => openStore({ ...options, path, busyTimeoutMs })],
];

test.each(OPENED)(
  "a store %s reads, and takes predictions, while a write waits for another process",
  async (_, open) => {
    await withDirectory(async (dir) => {
      const path = `${dir}/tegaki.db`;
      const store = await open(path);
      const { sample } = await store.samples.insert(newSample());
      const other = new Database(path);
      other.run("BEGIN IMMEDIATE");
      const done: string[] = [];
      const writes = [
        store.samples.insert(newSample()).then(() => done.push("insert")),
        store.samples.update(sample.id, { label: "3" }, LOCAL).then(() => done.push("update")),
      ];
      store.predictions.add({
        id: "p",
        label: "3",
        confidence: 0.5,
        shown: null,
        modelVersion: 1,
        createdAt: "now",
      });
      expect(await store.predictions.get("p")).toMatchObject({ label: "3" });
      expect(await store.samples.get(sample.id)).toEqual(sample);
      expect(done).toEqual([]);
      other.run("ROLLBACK");
      await Promise.all(writes);
      expect(done).toEqual(["insert", "update"]);
      expect((await store.samples.stats()).total).toBe(2);
      other.close();
      await store.close();
    });
  },
);

test.each(OPENED)(
  "a store %s refuses a write once it has waited too long, and the next one succeeds",
  async (_, open) => {
    await withDirectory(async (dir) => {
      const path = `${dir}/tegaki.db`;
      const store = await open(path, 1);
      const other = new Database(path);
      other.run("BEGIN IMMEDIATE");
      const error = await rejectionOf(store.samples.insert(newSample()));
      expect(error).toBeInstanceOf(UnavailableError);
      expect(error.message).toContain("another process is using it");
      expect(error.cause).toMatchObject({ code: "SQLITE_BUSY" });
      other.run("ROLLBACK");
      other.close();
      expect((await store.samples.insert(newSample())).isNew).toBe(true);
      await store.close();
    });
  },
);

test.each(OPENED)("a store %s throws what opening throws, and closes twice", async (_, open) => {
  await withDirectory(async (dir) => {
    const error = await rejectionOf(open(`${dir}/none/tegaki.db`));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain("Check that its directory exists");
    const store = await open(`${dir}/tegaki.db`);
    await store.close();
    await store.close();
    expect((await rejectionOf(store.samples.stats())).message).toContain("is closed");
  });
});

test("a store whose thread dies rejects what waits for it, and says so", async () => {
  await withDirectory(async (dir) => {
    const dying = `${dir}/dies.ts`;
    await Bun.write(dying, "self.onmessage = () => { throw new Error('out of memory'); };");
    const error = await rejectionOf(
      openStoreThread({ ...options, path: `${dir}/tegaki.db`, workerUrl: new URL(`file://${dying}`) }),
    );
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toMatch(/Cannot use the store .*tegaki\.db: its thread has (failed|ended)/);
  });
});

test.each(OPENED)(
  "a store %s takes the time from the caller's clock, from its first migration on",
  async (_, open) => {
    await withDirectory(async (dir) => {
      const path = `${dir}/tegaki.db`;
      const store = await open(path);
      await store.close();
      const database = new Database(path, { readonly: true });
      const years = database
        .query<{ year: string }, []>("SELECT DISTINCT substr(applied_at, 1, 4) AS year FROM migrations")
        .all();
      database.close();
      expect(years).toEqual([{ year: String(options.clock.now().getUTCFullYear()) }]);
    });
  },
);
