import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { openStore } from "../../../../src/storage/open.ts";
import { GRID_PAGE_QUERY } from "../../../../src/storage/tables/grid/grid-list.ts";
import { FakeClock, newSample, withDirectory } from "../../helpers.ts";

const CHILD = join(import.meta.dir, "../../decide-forever.ts");
/** Pages acknowledged before each kill -9. */
const KILL_AFTER = [1, 3, 6];

async function fill(path: string, n: number): Promise<void> {
  const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
  await store.samples.insertMany(Array.from({ length: n }, () => newSample({ label: "7", predicted: "7" })));
  await store.close();
}

test("after kill -9, a page of the grid is stored with all its decisions or none, and acknowledged ones are", async () => {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    await fill(path, 3_000);
    const acknowledged: number[] = [];
    for (const count of KILL_AFTER) {
      const child = Bun.spawn([process.execPath, CHILD, path], { stdout: "pipe", stderr: "inherit" });
      let text = "";
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        if (text.split("\n").length > count) child.kill("SIGKILL");
      }
      await child.exited;
      acknowledged.push(...text.split("\n").slice(0, -1).map(Number));
    }
    const database = new Database(path);
    const actions = database
      .query<{ id: number; n: number; changes: number }, []>(
        `SELECT id, n, (SELECT count(*) FROM sample_changes WHERE action_id = sample_actions.id) AS changes
         FROM sample_actions`,
      )
      .all();
    const confirmed = database
      .query<{ n: number }, []>("SELECT count(*) AS n FROM samples WHERE review = 'confirmed'")
      .get()!.n;
    database.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(10);
    expect(acknowledged.filter((id) => !actions.some((action) => action.id === id))).toEqual([]);
    expect(actions.map(({ n, changes }) => [n, changes])).toEqual(actions.map(() => [100, 100]));
    expect(confirmed).toBe(actions.length * 100);
  });
}, 60_000);

test("decide() changes nothing when one of its writes fails", async () => {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    await fill(path, 10);
    const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
    const ids = (await store.grid.page("7", 100)).map(({ id }) => id);
    const other = new Database(path);
    other.run(
      `CREATE TRIGGER no_more BEFORE UPDATE ON samples WHEN OLD.id = '${ids[9]}' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    await expect(store.grid.decide({ label: "7", confirm: ids, odd: [] }, LOCAL)).rejects.toThrow();
    expect((await store.grid.page("7", 100)).map(({ id }) => id)).toEqual(ids);
    expect(other.query("SELECT count(*) AS n FROM sample_actions").get()).toEqual({ n: 0 });
    other.close();
    await store.close();
  });
});

test("a page of the grid reads its index in order, without sorting, and its counts read their indices only", async () => {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    await fill(path, 1);
    const database = new Database(path, { strict: true });
    const plan = database
      .query<{ detail: string }, { label: string; limit: number }>(`EXPLAIN QUERY PLAN ${GRID_PAGE_QUERY}`)
      .all({ label: "7", limit: 100 });
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH samples USING (COVERING )?INDEX samples_unconfirmed \(label=\?\)$/),
    ]);
    database.close();
  });
});
