import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { NewSample } from "../../../src/domain/sample.ts";
import type { SampleFilter } from "../../../src/domain/samples/sheet/sample-filter.ts";
import { MAX_SELECTED } from "../../../src/domain/samples/sheet/sheet-store.ts";
import type { Store } from "../../../src/domain/store.ts";
import { ConflictError, InputError, NotFoundError } from "../../../src/lib/errors.ts";
import { FakeClock, newRun, newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

describe.each(IMPLEMENTATIONS)("contact sheets on $name", ({ open }) => {
  async function add(store: Store, change: Partial<NewSample> = {}): Promise<string> {
    return (await store.samples.insert(newSample(change))).sample.id;
  }
  const found = async (store: Store, filter: SampleFilter) =>
    (await store.sheet.page(filter)).items.map(({ id }) => id);
  const labels = async (store: Store, ids: readonly string[]) =>
    (await store.sheet.items(ids)).map(({ label, state }) => `${label} ${state}`);

  test("page() has the newest first, its cursor continues, and count() agrees with every filter", async () => {
    const clock = new FakeClock(Date.UTC(2026, 0, 2));
    const store = await open(clock, 0);
    const seven = await add(store, { label: "7", predicted: "1", confidence: 0.4, writer: "Ann Onymous" });
    clock.timeMs = Date.UTC(2026, 0, 3);
    const one = await add(store, {
      label: "1",
      predicted: "1",
      confidence: 0.9,
      source: "api",
      modelVersion: 2,
    });
    const none = await add(store, { label: null, predicted: "4", shown: "9", confidence: 0.6 });
    clock.timeMs = Date.UTC(2026, 0, 4);
    const withdrawn = await add(store, { label: "7", predicted: null, confidence: null, modelVersion: null });
    await store.samples.update(withdrawn, { state: "rejected" }, LOCAL);

    const cases: [SampleFilter, string[]][] = [
      [{}, [withdrawn, none, one, seven]],
      [{ label: "7" }, [withdrawn, seven]],
      [{ predicted: "1" }, [one, seven]],
      [{ correctness: "right" }, [one]],
      [{ correctness: "wrong" }, [seven]],
      [{ minConfidence: 0.6 }, [none, one]],
      [{ maxConfidence: 0.6 }, [none, seven]],
      [{ minConfidence: 0.4, maxConfidence: 0.5 }, [seven]],
      [{ writer: "Ann Onymous" }, [seven]],
      [{ modelVersion: 2 }, [one]],
      [{ split: "train" }, [withdrawn, none, one, seven]],
      [{ split: "holdout" }, []],
      [{ state: "negative" }, [none]],
      [{ state: "rejected" }, [withdrawn]],
      [{ from: "2026-01-03T00:00:00.000Z" }, [withdrawn, none, one]],
      [{ until: "2026-01-03T00:00:00.000Z" }, [seven]],
      [{ source: "api" }, [one]],
      [{ isPersonal: true }, [none]],
      [{ isPersonal: false }, [withdrawn, one, seven]],
      [{ search: "onym" }, [seven]],
      [{ search: one.toUpperCase() }, [one]],
      [{ search: "%" }, []],
      [{ arrivedBy: one }, [one, seven]],
      [{ label: "7", state: "labelled", search: "ann" }, [seven]],
    ];
    for (const [filter, expected] of cases) {
      expect(await found(store, filter)).toEqual(expected);
      expect(await store.sheet.count(filter)).toBe(expected.length);
    }
    const first = await store.sheet.page({ limit: 3 });
    expect(first.items.map(({ id }) => id)).toEqual([withdrawn, none, one]);
    const rest = await store.sheet.page({ limit: 3, cursor: first.nextCursor! });
    expect(rest).toMatchObject({
      items: [{ id: seven, label: "7", writer: "Ann Onymous" }],
      nextCursor: null,
    });
    expect(await rejectionOf(store.sheet.page({ cursor: "here" }))).toBeInstanceOf(InputError);
    expect(await store.sheet.choices()).toEqual({ sources: ["api", "draw"], modelVersions: [1, 2] });
    await store.close();
  });

  test("images() are in the order of the ids, null for one that does not exist", async () => {
    const store = await open();
    const dark = await add(store, { pixels: new Uint8Array(784).fill(255) });
    const pale = await add(store, { pixels: new Uint8Array(784).fill(3) });
    const images = await store.sheet.images([pale, "none", dark]);
    expect(images.map((image) => image?.[0])).toEqual([3, undefined, 255]);
    await store.close();
  });

  test("outlinesAfter() has what is not withdrawn, in pages by id, and marks what is in review or was predicted otherwise", async () => {
    const store = await open();
    const ids = [
      await add(store, { label: "7", predicted: "7" }),
      await add(store, { label: "7", predicted: "1" }),
      await add(store, { label: null, predicted: "1" }),
      await add(store, { label: "7", predicted: null }),
      await add(store, { label: "9", predicted: "1" }),
    ];
    await store.runs.create(newRun("r"));
    await store.samples.putMarks("r", [
      { id: ids[0]!, label: "7", state: "passed", reading: "7", p: 0.9 },
      { id: ids[3]!, label: "7", state: "held", reading: "1", p: 0.01 },
    ]);
    await store.samples.update(ids[4]!, { state: "rejected" }, LOCAL);
    const outlines = await store.sheet.outlinesAfter(null, 10);
    expect(outlines).toEqual([
      { id: ids[0]!, label: "7", isDoubtful: false },
      { id: ids[1]!, label: "7", isDoubtful: true },
      { id: ids[2]!, label: null, isDoubtful: false },
      { id: ids[3]!, label: "7", isDoubtful: true },
    ]);
    expect(await store.sheet.outlinesAfter(null, 3)).toEqual(outlines.slice(0, 3));
    expect(await store.sheet.outlinesAfter(ids[2]!, 3)).toEqual(outlines.slice(3));
    await store.close();
  });

  test("change() relabels, marks, withdraws and restores; each is one action, recorded sample by sample", async () => {
    const store = await open();
    const ids = [
      await add(store, { label: "7" }),
      await add(store, { label: "1" }),
      await add(store, { label: null }),
    ];
    const samples = ids.map((id) => ({ id }));
    const relabelled = await store.sheet.change({ samples }, { kind: "relabel", label: "1" }, LOCAL);
    expect(relabelled).toMatchObject({ changed: 2, unchanged: 1, named: [] });
    expect(relabelled.action).toMatchObject({
      kind: "relabel",
      label: "1",
      n: 2,
      undoneAt: null,
      actor: LOCAL,
    });
    expect(await labels(store, ids)).toEqual(["1 labelled", "1 labelled", "1 labelled"]);
    expect(await store.sheet.change({ samples }, { kind: "withdraw" }, LOCAL)).toMatchObject({ changed: 3 });
    expect(await labels(store, ids)).toEqual(["1 rejected", "1 rejected", "1 rejected"]);
    expect(await store.sheet.change({ samples }, { kind: "restore" }, LOCAL)).toMatchObject({ changed: 3 });
    await store.sheet.change({ samples }, { kind: "none" }, LOCAL);
    expect(await labels(store, ids)).toEqual(["null negative", "null negative", "null negative"]);
    const again = await store.sheet.change({ samples }, { kind: "none" }, LOCAL);
    expect(again).toMatchObject({ action: null, changed: 0, unchanged: 3 });
    expect((await store.sheet.actions(10)).map(({ kind, n }) => `${kind} ${n}`)).toEqual([
      ...["none 3", "restore 3", "withdraw 3", "relabel 2"],
    ]);
    const { changes } = await store.lineage.history(ids[0]!, { limit: 10 });
    expect(changes.map(({ labelTo, stateTo }) => [labelTo, stateTo])).toEqual([
      ...[
        [null, "negative"],
        ["1", "labelled"],
        ["1", "rejected"],
        ["1", "labelled"],
        ["7", "labelled"],
      ],
    ]);
    expect((await store.samples.stats()).negatives).toBe(3);
    await store.close();
  });

  test("what is pinned, gone or changed in the meantime is named and stays; the rest is done", async () => {
    const store = await open();
    const [pinned, gone, other, plain] = [
      await add(store),
      await add(store),
      await add(store),
      await add(store),
    ];
    await store.samples.pin(pinned!, true);
    await store.samples.delete(gone!, LOCAL);
    await store.samples.update(other!, { label: "9" }, LOCAL);
    const seen = { label: "7", state: "labelled" } as const;
    const result = await store.sheet.change(
      { samples: [pinned, gone, other, plain].map((id) => ({ id: id!, seen })) },
      { kind: "relabel", label: "1" },
      LOCAL,
    );
    expect(result).toMatchObject({ changed: 1, unchanged: 0, kept: { gone: 1, pinned: 1, changed: 1 } });
    expect(result.named).toEqual([
      ...[
        { id: pinned!, reason: "pinned" },
        { id: gone!, reason: "gone" },
      ],
      { id: other!, reason: "changed" },
    ] as typeof result.named);
    expect(await labels(store, [pinned!, other!, plain!])).toEqual([
      "7 labelled",
      "9 labelled",
      "1 labelled",
    ]);
    await store.close();
  });

  test("undo() restores label, state and review, keeps and names what has changed since, and is done once", async () => {
    const store = await open();
    const [suspect, none, later] = [await add(store), await add(store, { label: null }), await add(store)];
    const mark = { id: suspect!, label: "7", state: "suspect", reading: "1", p: 0.1 } as const;
    await store.samples.putMarks("run", [mark]);
    const { action } = await store.sheet.change(
      { samples: [suspect, none, later].map((id) => ({ id: id! })) },
      { kind: "relabel", label: "1" },
      LOCAL,
    );
    expect((await store.samples.get(suspect!))!.review.state).toBeNull();
    await store.samples.update(later!, { label: "2" }, LOCAL);
    const undone = await store.sheet.undo(action!.id, LOCAL);
    expect(undone).toMatchObject({ changed: 2, named: [{ id: later!, reason: "changed" }] });
    expect(undone.action!.undoneAt).not.toBeNull();
    expect(await labels(store, [suspect!, none!, later!])).toEqual([
      "7 labelled",
      "null negative",
      "2 labelled",
    ]);
    expect((await store.samples.get(suspect!))!.review).toMatchObject({ state: "suspect", runId: "run" });
    expect(await rejectionOf(store.sheet.undo(action!.id, LOCAL))).toBeInstanceOf(ConflictError);
    expect(await rejectionOf(store.sheet.undo(4_711, LOCAL))).toBeInstanceOf(NotFoundError);
    await store.close();
  });

  test("all that match a filter are changed, in several transactions, but not what has arrived since", async () => {
    const store = await open();
    const rows = Array.from({ length: 2_100 }, () => newSample({ label: "3", writer: "many" }));
    const outcomes = await store.samples.insertMany(rows);
    const last = outcomes.at(-1)!;
    const arrivedBy = (await store.samples.latestId())!;
    const after = await add(store, { label: "3" });
    const filter = { label: "3", arrivedBy };
    const result = await store.sheet.change({ filter }, { kind: "withdraw" }, LOCAL);
    expect(result).toMatchObject({ changed: 2_100, action: { n: 2_100 } });
    expect(await store.sheet.count({ state: "rejected" })).toBe(2_100);
    expect(await labels(store, [after])).toEqual(["3 labelled"]);
    expect((await store.sheet.undo(result.action!.id, LOCAL)).changed).toBe(2_100);
    expect(await store.sheet.count({ state: "rejected" })).toBe(0);
    const ids = [];
    let from: string | null = null;
    for (;;) {
      const part = await store.sheet.selected({ filter }, from, 500);
      if (part.length === 0) break;
      ids.push(...part.map(({ id }) => id));
      from = part.at(-1)!.id;
    }
    expect(ids).toHaveLength(2_100);
    expect(ids.at(-1)).toBe("id" in last ? last.id : "");
    await store.close();
  });

  test("more listed samples than a request may have are refused, with the way to select more", async () => {
    const store = await open();
    const samples = Array.from({ length: MAX_SELECTED + 1 }, (_, n) => ({ id: String(n) }));
    const error = await rejectionOf(store.sheet.change({ samples }, { kind: "none" }, LOCAL));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toBe(
      "samples: expected at most 5000 samples that are listed, found 5001. Select them by a filter",
    );
    await store.close();
  });

  test("what is forgotten has no part in an action any longer", async () => {
    const store = await open();
    const id = await add(store, { writer: "ann" });
    const { action } = await store.sheet.change({ samples: [{ id }] }, { kind: "withdraw" }, LOCAL);
    await store.forgetting.forget({ writer: "ann" }, LOCAL, new Uint8Array(32).fill(1));
    expect(await store.sheet.undo(action!.id, LOCAL)).toMatchObject({ changed: 0, named: [] });
    await store.close();
  });

  test("predictions() has that of the drawing's own version, and those of trials that are running", async () => {
    const store = await open();
    const id = await add(store, { label: "7", predicted: "1", confidence: 0.625, modelVersion: 1 });
    expect(await store.sheet.predictions(id)).toEqual([
      { modelVersion: 1, label: "1", confidence: 0.625, when: "drawn" },
    ]);
    const plain = await add(store, { predicted: null, confidence: null, modelVersion: null });
    expect(await store.sheet.predictions(plain)).toEqual([]);
    await store.close();
  });

  test("an import is an action: undoing it deletes its samples and restores replaced labels", async () => {
    const store = await open();
    const stored = newSample({ label: "7" });
    await store.samples.insert(stored);
    const action = await store.sheet.startImport("a.csv", LOCAL);
    const rows = [newSample({ label: "3" }), { ...stored, label: "1" }, newSample({ label: null })];
    const outcomes = await store.samples.insertMany(rows, "replace", action);
    expect(outcomes.map(({ result }) => result)).toEqual(["imported", "replaced", "imported"]);
    expect(await store.sheet.action(action)).toMatchObject({ kind: "import", label: "a.csv", n: 3 });
    expect(await store.sheet.undo(action, LOCAL)).toMatchObject({ changed: 3, named: [] });
    const { items } = await store.sheet.page({});
    expect(items.map(({ label }) => label)).toEqual(["7"]);
    await store.close();
  });

  test("alike() has the nearest by their pixels first, of the same label or prediction, without the sample itself", async () => {
    const store = await open();
    const image = (at: number, ink = 255) => {
      const pixels = new Uint8Array(784);
      pixels.fill(ink, at, at + 20);
      return pixels;
    };
    const own = await add(store, { pixels: image(100), predicted: "1" });
    const far = await add(store, { pixels: image(300) });
    const near = await add(store, { pixels: image(105), label: "1" });
    const same = await add(store, { pixels: image(100, 128) });
    await add(store, { pixels: image(100), label: "4" });
    const alike = await store.sheet.alike(own, 5);
    expect(alike.map(({ item }) => item.id)).toEqual([same, near, far]);
    expect(alike.map(({ distance }) => Math.round(distance * 1e4) / 1e4)).toEqual([0, 0.25, 1]);
    expect(await store.sheet.alike("none", 5)).toEqual([]);
    await store.close();
  });
});
