import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOCAL } from "../../../src/domain/actor.ts";
import { Connection } from "../../../src/storage/connection.ts";
import { openStore } from "../../../src/storage/open.ts";
import { SqliteSheet } from "../../../src/storage/tables/sheet/sheet.ts";
import { FakeClock, newSample } from "../helpers.ts";

const SAMPLES = 4_500;

test("an undo of several transactions that ends in the middle can be repeated, and then is complete", async () => {
  const dir = await mkdtemp(join(tmpdir(), "tegaki-undo-"));
  const path = join(dir, "tegaki.db");
  const clock = new FakeClock();
  const store = await openStore({ path, clock, holdoutFraction: 0.2 });
  const connection = Connection.open(path);
  try {
    await store.samples.insertMany(Array.from({ length: SAMPLES }, () => newSample({ label: "7" })));
    const { action } = await store.sheet.change({ filter: {} }, { kind: "relabel", label: "1" }, LOCAL);
    // The first is about drawings without a label, of which there are none.
    let writes = 0;
    const failing = new Proxy(connection, {
      get(target, name) {
        if (name === "write" && ++writes > 3) throw new Error("the server was killed");
        const value = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const interrupted = new SqliteSheet(failing, clock).undo(action!.id, LOCAL);
    await expect(interrupted).rejects.toThrow("the server was killed");
    expect(await store.sheet.count({ label: "7" })).toBe(4_000);
    expect((await store.sheet.actions(1))[0]!.undoneAt).toBeNull();

    const again = await store.sheet.undo(action!.id, LOCAL);
    expect(again.changed).toBe(500);
    expect(await store.sheet.count({ label: "7" })).toBe(SAMPLES);
    expect((await store.sheet.actions(1))[0]!.undoneAt).not.toBeNull();
  } finally {
    connection.close();
    await store.close();
    await rm(dir, { recursive: true, force: true });
  }
}, 30_000);
