import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { NewQueueDrawing } from "../../../src/domain/queue/queue-drawing.ts";
import type { QueueGridQuery } from "../../../src/domain/queue/queue-grid.ts";
import type { DrawingScores } from "../../../src/domain/queue/scores.ts";
import { GRID_PAGE } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Store } from "../../../src/domain/store.ts";
import { ConflictError, InputError } from "../../../src/lib/errors.ts";
import { FakeClock, newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const LEASE_MS = 120_000;
const LIVE = 3;

function drawingOf(): NewQueueDrawing {
  const { drawing, pixels, preprocessing } = newSample();
  return {
    ...{ drawing, pixels, preprocessing, writer: "aki", session: null, source: "import", actor: LOCAL },
  };
}

function scoresOf(change: Partial<DrawingScores>): DrawingScores {
  return {
    ...{ version: LIVE, label: "7", p: 0.9, second: { label: "1", p: 0.05 }, isNone: false },
    ...{ leastConfidence: 0.1, margin: 0.85, entropy: 0.4, disagreement: null },
    ...change,
  };
}

/** Adds a drawing with each of these scores; null leaves it without. */
async function fill(store: Store, scores: readonly (Partial<DrawingScores> | null)[]): Promise<string[]> {
  const outcomes = await store.queue.add(scores.map(() => drawingOf()));
  const ids = outcomes.map((outcome) => (outcome.result === "added" ? outcome.id : ""));
  const scored = ids.flatMap((id, n) => {
    const own = scores[n];
    return own === null || own === undefined ? [] : [{ id, scores: scoresOf(own) }];
  });
  await store.queue.putScores(scored);
  return ids;
}

const sevens = (store: Store, n: number) =>
  fill(
    store,
    Array.from({ length: n }, (_, i) => ({ p: 0.99 - i / 1000 })),
  );
const queryOf = (labeller: string, change: Partial<QueueGridQuery> = {}): QueueGridQuery => ({
  ...{ labeller, label: "7", live: LIVE, limit: GRID_PAGE, leaseMs: LEASE_MS },
  ...change,
});
const by = (labeller: string) => ({ labeller, actor: LOCAL });
const pool = async (store: Store) =>
  (await store.queue.list({ order: "newest", live: LIVE, compared: null, limit: 200 })).drawings;
const leased = async (store: Store, labeller: string, change: Partial<QueueGridQuery> = {}) =>
  (await store.queueGrid.lease(queryOf(labeller, change))).items.map(({ id }) => id);

describe.each(IMPLEMENTATIONS)("grid review of the pool on $name", ({ open }) => {
  test("lease() has what the live version predicts as the class, the most confident first; counts() has the rest", async () => {
    const store = await open();
    const [sure, surest] = await fill(store, [
      ...[{ p: 0.9 }, { p: 0.99 }, { p: 0.999, isNone: true }, { p: 0.95, version: 2 }, { label: "1" }, null],
    ]);
    const page = await store.queueGrid.lease(queryOf("ada"));
    expect(page).toEqual({
      ...{
        items: [
          { id: surest!, p: 0.99 },
          { id: sure!, p: 0.9 },
        ],
        leased: 0,
        left: 0,
      },
    });
    expect(await leased(store, "ada", { limit: 1 })).toEqual([surest!]);
    const classes = [
      { label: "1", n: 1 },
      { label: "7", n: 2 },
    ];
    expect(await store.queueGrid.counts(LIVE)).toEqual({ classes, none: 1 });
    expect(await store.queueGrid.counts(9)).toEqual({ classes: [], none: 0 });
    for (const limit of [0, GRID_PAGE + 1, 1.5])
      expect(await rejectionOf(store.queueGrid.lease(queryOf("ada", { limit })))).toBeInstanceOf(InputError);
    await store.close();
  });

  test("a drawing belongs to one labeller until the lease ends, is renewed or released, also against the queue", async () => {
    const clock = new FakeClock();
    const store = await open(clock);
    const ids = await sevens(store, 3);
    expect(await leased(store, "ada", { limit: 2 })).toEqual(ids.slice(0, 2));
    expect(await store.queueGrid.lease(queryOf("bob"))).toMatchObject({
      items: [{ id: ids[2]! }],
      leased: 2,
    });
    const next = { labeller: "cy", order: "newest", n: 5, holding: [], live: LIVE, compared: null } as const;
    const shares = { second: 0, known: 0 };
    expect(
      (await store.queue.next({ ...next, leaseMs: LEASE_MS, shares, draws: [1, 1, 1, 1, 1] })).questions,
    ).toEqual([]);
    clock.timeMs += LEASE_MS - 1;
    await store.queueGrid.renew("ada", [ids[0]!], LEASE_MS);
    // Only her own.
    await store.queueGrid.renew("ada", [ids[2]!], LEASE_MS);
    clock.timeMs += 1;
    expect(await leased(store, "bob")).toEqual([ids[1]!, ids[2]!]);
    await store.queueGrid.release("bob", [ids[0]!, ids[1]!]);
    // What was released stays so, though a renewal is late.
    await store.queueGrid.renew("bob", [ids[1]!], LEASE_MS);
    expect(await leased(store, "cy")).toEqual([ids[1]!]);
    await store.close();
  });

  test("lease() never gives one drawing to two of 20 labellers who ask at the same time", async () => {
    const store = await open();
    await sevens(store, 100);
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, n) => leased(store, `labeller ${n}`, { limit: 5 })),
    );
    expect(new Set(pages.flat()).size).toBe(100);
    expect(pages.flat()).toHaveLength(100);
    await store.close();
  });

  test("decide() labels the page as one action, and records a decision for each answer", async () => {
    const clock = new FakeClock();
    const store = await open(clock);
    const [plain, other, none, unusable, left] = (await sevens(store, 5)) as [
      string,
      string,
      string,
      string,
      string,
    ];
    await leased(store, "ada");
    const odd = [
      { id: other, decision: { kind: "label", label: "1" } },
      { id: none, decision: { kind: "none" } },
      { id: unusable, decision: { kind: "discard" } },
      { id: left, decision: { kind: "leave" } },
    ] as const;
    const page = { label: "7", accept: [plain], odd };
    const result = await store.queueGrid.decide(page, by("ada"));
    expect(result).toMatchObject({ changed: 4, labelled: 1, corrected: 3, left: 1, unchanged: 0, named: [] });
    expect(result.action).toMatchObject({ kind: "grid", label: "7", n: 4, undoneAt: null });
    expect((await store.sheet.actions(5)).map(({ id }) => id)).toEqual([result.action!.id]);
    expect(await store.samples.get(plain)).toMatchObject({
      ...{
        label: "7",
        state: "labelled",
        predicted: "7",
        confidence: 0.99,
        modelVersion: LIVE,
        writer: "aki",
      },
    });
    expect(await store.samples.get(other)).toMatchObject({ label: "1", state: "labelled" });
    expect(await store.samples.get(none)).toMatchObject({ label: null, state: "negative" });
    expect(await store.samples.get(unusable)).toBeNull();
    expect((await pool(store)).map(({ id }) => id)).toEqual([left]);
    const { labellers } = await store.opinions.labellers(5);
    // One time for the whole page says nothing about the pace.
    expect(labellers).toMatchObject([{ labeller: "ada", answers: 4, followed: 0 }]);
    // She has left it: others may know.
    expect(await store.queueGrid.lease(queryOf("ada"))).toMatchObject({ items: [], left: 1 });
    expect(await leased(store, "bob")).toEqual([left]);
    // A request that is repeated changes nothing; by someone else it is named.
    const again = await store.queueGrid.decide(
      { label: "7", accept: [plain], odd: odd.slice(0, 3) },
      by("ada"),
    );
    expect(again).toMatchObject({ action: null, changed: 0, unchanged: 4, named: [] });
    expect((await store.sheet.actions(5)).length).toBe(1);
    await store.close();
  });

  test("decide() names what someone else has, has answered, or that was deleted, and does the rest", async () => {
    const clock = new FakeClock();
    const store = await open(clock);
    const [plain, taken, answered, mine] = (await sevens(store, 4)) as [string, string, string, string];
    await leased(store, "ada");
    clock.timeMs += LEASE_MS;
    await store.queueGrid.lease(queryOf("bob", { limit: 3 }));
    await store.queueGrid.release("bob", [plain]);
    await store.queueGrid.decide({ label: "7", accept: [answered], odd: [] }, by("bob"));
    const gone = crypto.randomUUID();
    const accept = [plain, taken, answered, mine, gone];
    const result = await store.queueGrid.decide({ label: "7", accept, odd: [] }, by("ada"));
    expect(result).toMatchObject({ labelled: 2, changed: 2, kept: { answered: 1, taken: 1, removed: 1 } });
    expect(result.named).toEqual([
      { id: taken, reason: "taken" },
      { id: answered, reason: "answered" },
      { id: gone, reason: "removed" },
    ]);
    expect((await pool(store)).map(({ id }) => id)).toEqual([taken]);
    const twice = { label: "7", accept: [taken], odd: [{ id: taken, decision: { kind: "none" } }] } as const;
    expect(await rejectionOf(store.queueGrid.decide(twice, by("bob")))).toBeInstanceOf(InputError);
    const many = Array.from({ length: GRID_PAGE + 1 }, () => crypto.randomUUID());
    expect(
      await rejectionOf(store.queueGrid.decide({ label: "7", accept: many, odd: [] }, by("bob"))),
    ).toBeInstanceOf(InputError);
    await store.close();
  });

  test("an undo puts the whole page back into the pool as it was, once", async () => {
    const store = await open();
    const [plain, other, unusable] = (await sevens(store, 3)) as [string, string, string];
    const before = await pool(store);
    await leased(store, "ada");
    const odd = [
      { id: other, decision: { kind: "label", label: "1" } },
      { id: unusable, decision: { kind: "discard" } },
    ] as const;
    const { action } = await store.queueGrid.decide({ label: "7", accept: [plain], odd }, by("ada"));
    const undone = await store.sheet.undo(action!.id, LOCAL);
    expect(undone).toMatchObject({ changed: 3, named: [] });
    expect(undone.action!.undoneAt).not.toBeNull();
    expect(await pool(store)).toEqual(before);
    expect((await store.samples.stats()).byLabel).toEqual({});
    expect((await store.queue.counts()).unlabelled).toBe(3);
    expect((await store.opinions.labellers(5)).labellers).toEqual([]);
    expect(await rejectionOf(store.sheet.undo(action!.id, LOCAL))).toBeInstanceOf(ConflictError);
    expect(await leased(store, "bob")).toEqual([plain, other, unusable]);
    // It can be labelled again, and that undone again.
    const again = await store.queueGrid.decide({ label: "7", accept: [plain, other], odd: [] }, by("bob"));
    expect(again.labelled).toBe(2);
    await store.sheet.undo(again.action!.id, LOCAL);
    expect(await pool(store)).toEqual(before);
    await store.close();
  });

  test("an undo names samples that have changed since, and leaves them", async () => {
    const store = await open();
    const ids = (await sevens(store, 5)) as [string, string, string, string, string];
    const [plain, changed, confirmed, pinned, deleted] = ids;
    await leased(store, "ada");
    const { action } = await store.queueGrid.decide({ label: "7", accept: ids, odd: [] }, by("ada"));
    await store.samples.update(changed, { label: "2" }, LOCAL);
    await store.samples.confirm({ id: confirmed });
    await store.samples.pin(pinned, true);
    await store.samples.delete(deleted, LOCAL);
    const undone = await store.sheet.undo(action!.id, LOCAL);
    expect(undone).toMatchObject({ changed: 1, kept: { gone: 1, pinned: 1, changed: 2 } });
    expect(undone.named.map(({ id }) => id).toSorted()).toEqual(
      [changed, confirmed, pinned, deleted].toSorted(),
    );
    expect((await pool(store)).map(({ id }) => id)).toEqual([plain]);
    expect(await store.samples.get(changed)).toMatchObject({ label: "2" });
    await store.close();
  });

  test("images() has the images of the pool, and null for one that has left", async () => {
    const store = await open();
    const [first, second] = (await sevens(store, 2)) as [string, string];
    const { pixels } = (await pool(store)).find(({ id }) => id === second)!;
    await leased(store, "ada");
    await store.queueGrid.decide({ label: "7", accept: [first], odd: [] }, by("ada"));
    expect(await store.queueGrid.images([second, first])).toEqual([pixels, null]);
    await store.close();
  });
});
