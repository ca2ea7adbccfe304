import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { openStore } from "../../../../src/storage/open.ts";
import { CLASS_PAGE_QUERY } from "../../../../src/storage/tables/queue/grid/class-page.ts";
import { FakeClock, newSample, withDirectory } from "../../helpers.ts";

const CHILD = join(import.meta.dir, "../../label-forever.ts");
/** Pages acknowledged before each kill -9. */
const KILL_AFTER = [1, 3, 5];
const PAGE = 50;

/** Fills the pool with drawings that version 1 predicts as 7. @returns their ids. */
async function fill(path: string, n: number): Promise<string[]> {
  const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
  const outcomes = await store.queue.add(
    Array.from({ length: n }, () => {
      const { drawing, pixels, preprocessing } = newSample();
      return {
        ...{ drawing, pixels, preprocessing },
        ...{ writer: null, session: null, source: "import", actor: LOCAL },
      };
    }),
  );
  const ids = outcomes.map((outcome) => (outcome.result === "added" ? outcome.id : ""));
  const scores = { version: 1, label: "7", p: 0.9, second: null, isNone: false, disagreement: null };
  await store.queue.putScores(
    ids.map((id) => ({ id, scores: { ...scores, leastConfidence: 0.1, margin: 0.9, entropy: 0.3 } })),
  );
  await store.close();
  return ids;
}

const count = (database: Database, sql: string) => database.query<{ n: number }, []>(sql).get()!.n;

test("after kill -9, a page of the pool is labelled with all its answers or none, and acknowledged ones are", async () => {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    await fill(path, 1_500);
    const acknowledged: number[] = [];
    for (const pages of KILL_AFTER) {
      const child = Bun.spawn([process.execPath, CHILD, path], { stdout: "pipe", stderr: "inherit" });
      let text = "";
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        if (text.split("\n").length > pages) child.kill("SIGKILL");
      }
      await child.exited;
      acknowledged.push(...text.split("\n").slice(0, -1).map(Number));
    }
    const database = new Database(path);
    const actions = database
      .query<{ id: number; n: number; decisions: number }, []>(
        `SELECT id, n, (SELECT count(*) FROM queue_decisions WHERE grid_action = sample_actions.id) AS decisions
         FROM sample_actions`,
      )
      .all();
    expect(acknowledged.length).toBeGreaterThanOrEqual(9);
    expect(acknowledged.filter((id) => !actions.some((action) => action.id === id))).toEqual([]);
    expect(actions.map(({ n, decisions }) => [n, decisions])).toEqual(actions.map(() => [PAGE, PAGE]));
    expect(count(database, "SELECT count(*) AS n FROM samples WHERE label = '7'")).toBe(
      actions.length * (PAGE - 5),
    );
    const waiting = "SELECT count(*) AS n FROM queue_drawings WHERE discarded_at IS NULL";
    expect(count(database, waiting)).toBe(1_500 - actions.length * PAGE);
    database.close();
  });
}, 60_000);

test("decide() and its undo change nothing when one of their writes fails", async () => {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    const ids = await fill(path, 10);
    const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
    const other = new Database(path);
    const page = { label: "7", accept: ids, odd: [] };
    const by = { labeller: "ada", actor: LOCAL };
    other.run(
      `CREATE TRIGGER no_more BEFORE INSERT ON samples WHEN NEW.id = '${ids[9]}' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    await expect(store.queueGrid.decide(page, by)).rejects.toThrow();
    expect((await store.queue.counts()).unlabelled).toBe(10);
    expect(count(other, "SELECT count(*) AS n FROM sample_actions")).toBe(0);
    expect(count(other, "SELECT count(*) AS n FROM queue_decisions")).toBe(0);
    other.run("DROP TRIGGER no_more");
    const { action } = await store.queueGrid.decide(page, by);
    other.run(
      `CREATE TRIGGER no_undo BEFORE DELETE ON samples WHEN OLD.id = '${ids[0]}' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    await expect(store.sheet.undo(action!.id, LOCAL)).rejects.toThrow();
    expect((await store.queue.counts()).unlabelled).toBe(0);
    expect((await store.sheet.action(action!.id))!.undoneAt).toBeNull();
    other.close();
    await store.close();
  });
});

test("a page of the pool reads its index in order, without sorting", async () => {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    await fill(path, 1);
    const database = new Database(path, { strict: true });
    const plan = database
      .query<{ detail: string }, Record<string, string | number>>(`EXPLAIN QUERY PLAN ${CLASS_PAGE_QUERY}`)
      .all({ label: "7", labeller: "ada", live: 1, limit: 100, nowMs: 0 })
      .map(({ detail }) => detail);
    expect(plan[0]).toMatch(/^SEARCH d USING (COVERING )?INDEX queue_by_class \(version=\? AND label=\?\)$/);
    expect(plan.filter((detail) => detail.includes("TEMP B-TREE"))).toEqual([]);
    database.close();
  });
});
