import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { openStore } from "../../src/storage/open.ts";
import { FakeClock, withDirectory } from "./helpers.ts";

/** Ids acknowledged before each kill -9. */
const KILL_AFTER = [1, 7, 60, 211, 350];

/** Starts the child, kills it once it has acknowledged `count` labels, and returns all that it has acknowledged. */
async function killAfter(path: string, count: number, where: string): Promise<string[]> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "insert-forever.ts"), path, where], {
    stdout: "pipe",
    stderr: "inherit",
  });
  let text = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.split("\n").length > count) child.kill("SIGKILL");
  }
  await child.exited;
  return text.split("\n").slice(0, -1);
}

test.each(["alone", "thread"])(
  "every label that was acknowledged is in the store (%s) after kill -9, once, and the file is sound",
  async (where) => {
    await withDirectory(async (dir) => {
      const path = `${dir}/tegaki.db`;
      const acknowledged: string[] = [];
      for (const count of KILL_AFTER) {
        acknowledged.push(...(await killAfter(path, count, where)));
        const database = new Database(path);
        expect(database.query("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
        database.close();
      }
      const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
      const stored = (await Array.fromAsync(store.samples.iterate())).map(({ id }) => id);
      await store.close();
      expect(acknowledged.length).toBeGreaterThanOrEqual(KILL_AFTER.reduce((a, b) => a + b));
      expect(acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
      expect(stored.length - acknowledged.length).toBeLessThanOrEqual(KILL_AFTER.length);
      expect(new Set(acknowledged).size).toBe(acknowledged.length);
    });
  },
  30_000,
);
