import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { NewSample } from "../../../src/domain/sample.ts";
import { GRID_PAGE } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Store } from "../../../src/domain/store.ts";
import { ConflictError, InputError } from "../../../src/lib/errors.ts";
import { FakeClock, newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const ANN = { kind: "session", name: "ann" } as const;

describe.each(IMPLEMENTATIONS)("grid review on $name", ({ open, openAt, name }) => {
  async function add(store: Store, change: Partial<NewSample> = {}): Promise<string> {
    return (await store.samples.insert(newSample({ label: "7", predicted: "7", ...change }))).sample.id;
  }
  const mark = (store: Store, id: string, state: "passed" | "suspect" | "held", p: number) =>
    store.samples.putMarks("run", [{ id, label: "7", state, reading: "1", p }]);
  const page = async (store: Store, label = "7", limit = GRID_PAGE) =>
    (await store.grid.page(label, limit)).map(({ id }) => id);
  const whole = async (store: Store, ids: readonly string[]) =>
    Promise.all(ids.map((id) => store.samples.get(id)));

  test("page() has suspect labels first, then wrongly predicted ones, then the least confident; equals newest first", async () => {
    const store = await open();
    const sure = await add(store, { confidence: 0.99 });
    const older = await add(store, { confidence: 0.6 });
    const newer = await add(store, { confidence: 0.6 });
    const unpredicted = await add(store, { predicted: null, confidence: null });
    const wrong = await add(store, { predicted: "1", confidence: 0.7 });
    const wronger = await add(store, { predicted: "1", confidence: 0.9 });
    const passed = await add(store, { confidence: 0.2 });
    await mark(store, passed, "passed", 0.95);
    const suspect = await add(store, { predicted: "1", confidence: 0.9 });
    const suspecter = await add(store, { predicted: "7", confidence: 0.9 });
    await mark(store, suspect, "suspect", 0.02);
    await mark(store, suspecter, "suspect", 0.01);
    const order = [suspecter, suspect, wronger, wrong, newer, older, passed, sure, unpredicted];
    expect(await page(store)).toEqual(order);
    expect(await page(store, "7", 3)).toEqual(order.slice(0, 3));
    expect((await store.grid.page("7", 1))[0]).toEqual({ id: suspecter, predicted: "7", isSuspect: true });
    expect(await page(store, "1")).toEqual([]);
    for (const limit of [0, GRID_PAGE + 1, 1.5])
      expect(await rejectionOf(store.grid.page("7", limit))).toBeInstanceOf(InputError);
    await store.close();
  });

  test("page() leaves out what is confirmed, held, pinned, withdrawn or of none of the classes; counts() has all labels", async () => {
    const store = await open();
    const [plain, confirmed, held, pinned, withdrawn] = [
      ...[await add(store), await add(store), await add(store), await add(store), await add(store)],
    ];
    await add(store, { label: null });
    await add(store, { label: "1" });
    await store.samples.confirm({ id: confirmed! });
    await mark(store, held!, "held", 0.4);
    await store.samples.pin(pinned!, true);
    await store.samples.update(withdrawn!, { state: "rejected" }, LOCAL);
    expect(await page(store)).toEqual([plain!]);
    expect(await store.grid.counts()).toEqual([
      { label: "1", unconfirmed: 1, suspect: 0, confirmed: 0, inReview: 0 },
      { label: "7", unconfirmed: 1, suspect: 0, confirmed: 2, inReview: 1 },
    ]);
    await store.close();
  });

  test("counts() has a label that screening or a second opinion has put in review as one to confirm, and as one in review", async () => {
    const store = await open();
    const [suspect, left, held] = [await add(store), await add(store), await add(store)];
    await add(store);
    await mark(store, suspect, "suspect", 0.1);
    await mark(store, held, "held", 0.4);
    const odd = [{ id: left, decision: { kind: "review" } as const }];
    await store.grid.decide({ label: "7", confirm: [], odd }, ANN);
    expect(await store.grid.counts()).toEqual([
      { label: "7", unconfirmed: 2, suspect: 1, confirmed: 0, inReview: 3 },
    ]);
    const counts = await store.samples.reviewCounts();
    expect(counts.suspect + counts.held).toBe(3);
    await store.close();
  });

  test("decide() confirms, relabels, marks, withdraws and leaves to review as one action; undo() restores every row", async () => {
    const clock = new FakeClock();
    const store = await open(clock, 0);
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.push(await add(store));
    const [plain, suspect, passed, other, none, withdrawn, left] = ids as [string, ...string[]];
    await mark(store, suspect!, "suspect", 0.01);
    await mark(store, passed!, "passed", 0.9);
    const before = await whole(store, ids);
    clock.timeMs += 60_000;

    const result = await store.grid.decide(
      {
        label: "7",
        confirm: [plain, suspect!, passed!],
        odd: [
          { id: other!, decision: { kind: "relabel", label: "1" } },
          { id: none!, decision: { kind: "none" } },
          { id: withdrawn!, decision: { kind: "withdraw" } },
          { id: left!, decision: { kind: "review" } },
        ],
      },
      ANN,
    );
    expect(result).toMatchObject({
      changed: 7,
      confirmed: 3,
      corrected: 3,
      left: 1,
      unchanged: 0,
      named: [],
    });
    expect(result.action).toMatchObject({ kind: "grid", label: "7", n: 7, actor: ANN, undoneAt: null });
    expect(await store.sheet.actions(10)).toEqual([result.action!]);
    expect(
      (await whole(store, ids)).map((sample) => [sample!.label, sample!.state, sample!.review.state]),
    ).toEqual([
      ...["7", "7", "7"].map((label) => [label, "labelled", "confirmed"]),
      ["1", "labelled", "confirmed"],
      [null, "negative", null],
      ["7", "rejected", null],
      ["7", "labelled", "suspect"],
    ]);
    expect((await store.samples.get(left!))!.review).toEqual({
      ...{ state: "suspect", runId: null, reading: null, p: null, by: "person", leftBy: ANN },
    });
    expect((await store.samples.get(plain))!.updatedAt).toBe(before[0]!.updatedAt);
    // It waits in the label queue, and not here.
    expect(await page(store)).toEqual([]);
    expect((await store.samples.inReview({ state: "suspect" })).samples.map(({ id }) => id)).toEqual([left!]);
    expect(await store.grid.counts()).toEqual([
      { label: "1", unconfirmed: 0, suspect: 0, confirmed: 1, inReview: 0 },
      { label: "7", unconfirmed: 0, suspect: 0, confirmed: 3, inReview: 1 },
    ]);
    expect((await store.lineage.history(plain)).changes[0]).toMatchObject({
      ...{ actor: ANN, labelFrom: "7", labelTo: "7", stateTo: "labelled", reviewTo: "confirmed" },
    });

    const undone = await store.sheet.undo(result.action!.id, LOCAL);
    expect(undone).toMatchObject({ changed: 7, named: [] });
    const after = await whole(store, ids);
    const withoutTime = (samples: typeof after) => samples.map((sample) => ({ ...sample!, updatedAt: "" }));
    expect(withoutTime(after)).toEqual(withoutTime(before));
    // What only was confirmed or left has never changed.
    for (const at of [0, 1, 2, 6]) expect(after[at]!.updatedAt).toBe(before[at]!.updatedAt);
    expect(await rejectionOf(store.sheet.undo(result.action!.id, LOCAL))).toBeInstanceOf(ConflictError);
    await store.close();
  });

  test("decide() names what is gone, pinned or changed in the meantime, leaves it, and does the rest", async () => {
    const store = await open();
    const [pinned, gone, relabelled, left, confirmed, plain] = [
      ...[await add(store), await add(store), await add(store)],
      ...[await add(store), await add(store), await add(store)],
    ] as [string, string, string, string, string, string];
    await store.samples.pin(pinned, true);
    await store.samples.delete(gone, LOCAL);
    await store.samples.update(relabelled, { label: "9" }, LOCAL);
    const odd = [{ id: left, decision: { kind: "review" } as const }];
    await store.grid.decide({ label: "7", confirm: [confirmed], odd }, ANN);
    const result = await store.grid.decide(
      { label: "7", confirm: [pinned, gone, relabelled, left, confirmed, plain], odd: [] },
      LOCAL,
    );
    expect(result).toMatchObject({ confirmed: 1, unchanged: 1, kept: { gone: 1, pinned: 1, changed: 2 } });
    expect(result.named.map(({ id, reason }) => [id, reason])).toEqual([
      ...[
        [pinned, "pinned"],
        [gone, "gone"],
        [relabelled, "changed"],
        [left, "changed"],
      ],
    ]);
    expect((await store.samples.get(left))!.review).toMatchObject({ state: "suspect", leftBy: ANN });
    expect((await store.samples.get(relabelled))!.label).toBe("9");
    expect((await store.samples.get(plain))!.review.state).toBe("confirmed");
    const again = await store.grid.decide({ label: "7", confirm: [plain], odd: [] }, LOCAL);
    expect(again).toMatchObject({ action: null, changed: 0, unchanged: 1 });
    await store.close();
  });

  test("decide() relabels a drawing that is confirmed already, and confirms one that is called what it is", async () => {
    const store = await open();
    const [first, second] = [await add(store), await add(store)];
    await store.samples.confirm({ id: first });
    const odd = [
      { id: first, decision: { kind: "relabel", label: "1" } as const },
      { id: second, decision: { kind: "relabel", label: "7" } as const },
    ];
    expect(await store.grid.decide({ label: "7", confirm: [], odd }, LOCAL)).toMatchObject({
      ...{ corrected: 1, confirmed: 1, left: 0 },
    });
    await store.close();
  });

  test("decide() refuses two decisions about a drawing, and more than a page, and stores nothing", async () => {
    const store = await open();
    const id = await add(store);
    const odd = [{ id, decision: { kind: "none" } as const }];
    expect(await rejectionOf(store.grid.decide({ label: "7", confirm: [id], odd }, LOCAL))).toBeInstanceOf(
      InputError,
    );
    const many = Array.from({ length: GRID_PAGE + 1 }, (_, i) => `sample-${i}`);
    expect(
      await rejectionOf(store.grid.decide({ label: "7", confirm: many, odd: [] }, LOCAL)),
    ).toBeInstanceOf(InputError);
    expect(await page(store)).toEqual([id]);
    expect(await store.sheet.actions(1)).toEqual([]);
    await store.close();
  });

  test("undo() of a page keeps and names what someone has decided about since", async () => {
    const store = await open();
    const [plain, left, changed, pinned] = [
      ...[await add(store), await add(store), await add(store), await add(store)],
    ] as [string, string, string, string];
    const odd = [{ id: left, decision: { kind: "review" } as const }];
    const { action } = await store.grid.decide({ label: "7", confirm: [plain, changed, pinned], odd }, ANN);
    await store.samples.confirm({ id: left });
    await store.samples.update(changed, { label: "2" }, LOCAL);
    await store.samples.pin(pinned, true);
    const undone = await store.sheet.undo(action!.id, LOCAL);
    expect(undone).toMatchObject({ changed: 1, kept: { gone: 0, pinned: 1, changed: 2 } });
    expect((await whole(store, [plain, left, changed, pinned])).map((one) => one!.review.state)).toEqual([
      null,
      "confirmed",
      null,
      "pinned",
    ]);
    await store.close();
  });

  test("change() with `confirm` confirms labels of any class; drawings without one are as they were", async () => {
    const store = await open();
    const [seven, one, none, pinned] = [
      ...[await add(store), await add(store, { label: "1" })],
      ...[await add(store, { label: null }), await add(store)],
    ] as [string, string, string, string];
    await store.samples.pin(pinned, true);
    const samples = [seven, one, none, pinned].map((id) => ({ id }));
    const result = await store.sheet.change({ samples }, { kind: "confirm" }, LOCAL);
    expect(result).toMatchObject({ changed: 2, unchanged: 1, kept: { pinned: 1 } });
    expect(result.action).toMatchObject({ kind: "confirm", label: null, n: 2 });
    const states = async () => (await whole(store, [seven, one, none])).map((each) => each!.review.state);
    expect(await states()).toEqual(["confirmed", "confirmed", null]);
    await store.sheet.undo(result.action!.id, LOCAL);
    expect(await states()).toEqual([null, null, null]);
    await store.close();
  });

  test("a suspect label that was left to review is in the grid again, as screening put it there, when that is undone", async () => {
    const store = await open();
    const suspect = await add(store);
    await mark(store, suspect, "suspect", 0.01);
    const before = await store.samples.get(suspect);
    const odd = [{ id: suspect, decision: { kind: "review" } as const }];
    const { action } = await store.grid.decide({ label: "7", confirm: [], odd }, ANN);
    expect(await page(store)).toEqual([]);
    await store.sheet.undo(action!.id, ANN);
    expect(await store.samples.get(suspect)).toEqual(before);
    expect(await page(store)).toEqual([suspect]);
    await store.close();
  });

  test("a label that is left to review by hand is not part of the batch of the run that has passed it", async () => {
    const store = await open();
    const [left, held] = [await add(store), await add(store)];
    await mark(store, left, "passed", 0.9);
    await mark(store, held, "held", 0.4);
    const odd = [{ id: left, decision: { kind: "review" } as const }];
    await store.grid.decide({ label: "7", confirm: [], odd }, ANN);
    expect(await store.samples.reviewCounts()).toEqual({
      ...{ suspect: 1, held: 1, pinned: 0, batches: [{ runId: "run", n: 1, held: 1 }] },
    });
    expect((await store.samples.inReview({ state: "suspect", runId: "run" })).samples).toEqual([]);
    expect(await store.samples.rejectHeld("run", LOCAL)).toBe(1);
    expect((await store.samples.get(left))!.review).toMatchObject({ state: "suspect", p: 0.9, leftBy: ANN });
    await store.close();
  });

  test("a decision in the label queue about one that was left by hand is undone there, with who left it", async () => {
    const store = await open();
    const [left, next] = [await add(store), await add(store)];
    const odd = [left, next].map((id) => ({ id, decision: { kind: "review" } as const }));
    await store.grid.decide({ label: "7", confirm: [], odd }, ANN);
    const first = await store.samples.inReview({ state: "suspect", limit: 1 });
    const second = await store.samples.inReview({
      ...{ state: "suspect", limit: 1, cursor: first.nextCursor! },
    });
    expect([...first.samples, ...second.samples].map(({ id }) => id).sort()).toEqual([left, next].sort());
    await store.samples.confirm({ id: left });
    const again = await store.samples.reviewAgain(left, { label: "7", state: "suspect" }, LOCAL);
    expect(again!.review).toMatchObject({ state: "suspect", leftBy: ANN });
    await store.close();
  });

  if (openAt !== undefined) {
    test("decisions are there when the store is opened again", async () => {
      const place = `grid-${name.replaceAll(" ", "-")}`;
      const store = await openAt(place);
      const [plain, other] = [await add(store), await add(store)];
      const odd = [{ id: other, decision: { kind: "relabel", label: "1" } as const }];
      const { action } = await store.grid.decide({ label: "7", confirm: [plain], odd }, ANN);
      await store.close();
      const again = await openAt(place);
      expect(await again.sheet.action(action!.id)).toEqual(action);
      expect((await again.samples.get(plain))!.review.state).toBe("confirmed");
      expect((await again.samples.get(other))!.label).toBe("1");
      await again.close();
    });
  }
});
