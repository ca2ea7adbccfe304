import { expect, test } from "bun:test";
import { join } from "node:path";
import type { SampleStore, Store } from "../../../src/domain/store.ts";
import { InputError } from "../../../src/lib/errors.ts";
import type { FileRow } from "../../../src/project/samples/import-result.ts";
import { importRows } from "../../../src/project/samples/import-rows.ts";
import { openStore } from "../../../src/storage/open.ts";
import { openStoreThread } from "../../../src/storage/thread/store-thread.ts";
import { FakeClock, memoryStore, newSample, withDirectory } from "../../storage/helpers.ts";

const ROWS = 1_000;
const rows: FileRow[] = Array.from({ length: ROWS }, (_, at) => ({ at, sample: newSample() }));

async function* all(): AsyncGenerator<FileRow> {
  yield* rows;
}

const into = (store: Store) => ({ stored: store, create: async () => store });

test("an import that is interrupted while it stores can be repeated: what is stored is known", async () => {
  const store = await memoryStore();
  let reads = 0;
  const interrupted = async function* (): AsyncGenerator<FileRow> {
    reads += 1;
    for (const row of rows) {
      if (reads === 2 && row.at === 700) throw new Error("killed");
      yield row;
    }
  };
  await expect(importRows(into(store), interrupted, { onConflict: "fail" })).rejects.toThrow("killed");
  const { total } = await store.samples.stats();
  expect([total > 0, total < ROWS]).toEqual([true, true]);
  const { imported, known } = await importRows(into(store), all, { onConflict: "fail" });
  expect([imported, known]).toEqual([ROWS - total, total]);
});

test("labels of another process are stored between the batches of an import, each before the import ends", async () => {
  await withDirectory(async (dir) => {
    const options = { path: join(dir, "tegaki.db"), clock: new FakeClock(), holdoutFraction: 0.2 };
    const workerUrl = new URL("../../../src/store-worker.ts", import.meta.url);
    const server = await openStoreThread({ ...options, workerUrl });
    const importing = await openStore(options);
    let isDone = false;
    const done = importRows(into(importing), all, { onConflict: "fail" }).then((counts) => {
      isDone = true;
      return counts;
    });
    let labels = 0;
    while (!isDone) {
      expect((await server.samples.insert(newSample())).isNew).toBe(true);
      if (!isDone) labels += 1;
    }
    expect((await done).imported).toBe(ROWS);
    // How many depends on what else the machine does; were the import one transaction, there would be none.
    expect(labels).toBeGreaterThan(2);
    await Promise.all([server.close(), importing.close()]);
  });
});

test("a label that arrives after the check and contradicts the file stops the import, and says so", async () => {
  const store = await memoryStore();
  const sample = newSample({ label: "1" });
  const samples: SampleStore = new Proxy(store.samples, {
    get(target, name) {
      if (name !== "insertMany") return Reflect.get(target, name).bind(target);
      return async (...args: Parameters<SampleStore["insertMany"]>) => {
        await target.insert({ ...sample, label: "2" });
        return target.insertMany(...args);
      };
    },
  });
  const target = { samples, queue: store.queue };
  const read = async function* (): AsyncGenerator<FileRow> {
    yield { at: 1, sample };
  };
  const error = await importRows({ stored: target, create: async () => target }, read, {
    onConflict: "fail",
  }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toContain("The store has changed since the file was checked; 0 samples are imported");
});
