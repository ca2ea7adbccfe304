import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { openStore } from "../../../../src/storage/open.ts";
import { FakeClock, newSample, withDirectory } from "../../helpers.ts";

/** An image that no other sample has. */
const PATTERN = Uint8Array.from({ length: 784 }, (_, i) => (i * 37 + 11) % 251);

/** The files of a store that have these bytes. */
function filesWith(dir: string, bytes: Uint8Array): string[] {
  return readdirSync(dir).filter((name) => readFileSync(join(dir, name)).includes(bytes));
}

test("after erase() no file of the store has a forgotten drawing, its strokes or its writer's name", () =>
  withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
    const drawing = { strokes: [[[123.456_789, 1] as const]], width: 280, height: 280 };
    const traces = [PATTERN, Buffer.from("123.456789"), Buffer.from("Ann Onymous")];
    // Pages split and rows move while others are stored in between.
    for (let i = 0; i < 300; i++) {
      await store.samples.insert(newSample({ writer: `w${i % 7}` }));
      if (i % 100 === 50) {
        await store.samples.insert(
          newSample({
            ...{ writer: "Ann Onymous", pixels: PATTERN, drawing: { ...drawing, width: 280 + i } },
          }),
        );
      }
    }
    for (const trace of traces) expect(filesWith(dir, trace)).not.toEqual([]);

    await store.forgetting.forget({ writer: "Ann Onymous" }, LOCAL, new Uint8Array(32).fill(1));
    await store.forgetting.erase();

    for (const trace of traces) expect(filesWith(dir, trace)).toEqual([]);
    expect(await store.samples.stats()).toMatchObject({ total: 300 });
    await store.samples.insert(newSample());
    await store.close();
    expect(existsSync(path)).toBe(true);
  }));

test("history of a stored sample can neither be changed nor removed", () =>
  withDirectory(async (dir) => {
    const { Database } = await import("bun:sqlite");
    const path = join(dir, "tegaki.db");
    const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
    await store.samples.insert(newSample());
    const database = new Database(path);
    expect(() => database.run("DELETE FROM sample_changes")).toThrow("only ever added");
    expect(() => database.run("UPDATE sample_changes SET actor = 'x'")).toThrow("only ever added");
    database.close();
    await store.close();
  }));
