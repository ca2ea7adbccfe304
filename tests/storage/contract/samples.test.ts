import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { Drawing, Point } from "../../../src/domain/drawing.ts";
import type { Sample } from "../../../src/domain/sample.ts";
import { ConflictError, InputError } from "../../../src/lib/errors.ts";
import { FakeClock, newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0);
const point = fc.oneof(
  fc.tuple(finite, finite),
  fc.tuple(finite, finite, finite),
  fc.tuple(finite, finite, finite, finite),
) as fc.Arbitrary<Point>;
const drawing: fc.Arbitrary<Drawing> = fc.record({
  strokes: fc.array(fc.array(point, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
  width: finite,
  height: finite,
});

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("insert() gives back every stroke, pixel and number exactly when the sample is read again", async () => {
      const store = await open();
      await fc.assert(
        fc.asyncProperty(
          drawing,
          fc.uint8Array({ minLength: 784, maxLength: 784 }),
          fc.double({ min: 0, max: 1, noNaN: true }).map((n) => n + 0),
          fc.option(fc.string(), { nil: null }),
          async (strokes, pixels, confidence, writer) => {
            const given = newSample({ drawing: strokes, pixels, confidence, writer });
            const { sample } = await store.samples.insert(given);
            expect(await store.samples.get(sample.id)).toEqual(sample);
            expect(sample).toMatchObject({ ...given, state: "labelled" });
          },
        ),
        { seed: 5, numRuns: 60 },
      );
    });

    test("revision() differs after each change of a sample, and only then", async () => {
      const store = await open();
      const { id } = (await store.samples.insert(newSample())).sample;
      const changes = [
        () => store.samples.insert(newSample()),
        () => store.samples.update(id, { label: "7" }, LOCAL),
        () => store.samples.update(id, { state: "rejected" }, LOCAL),
        () => store.samples.insertMany([newSample(), newSample()]),
        () => store.samples.delete(id, LOCAL),
      ];
      const seen = [await store.samples.revision()];
      for (const change of changes) {
        await change();
        seen.push(await store.samples.revision());
        expect(await store.samples.revision()).toBe(seen.at(-1)!);
      }
      expect(new Set(seen).size).toBe(changes.length + 1);
    });

    test("insert() refuses a drawing with a number that JSON cannot hold, and stores nothing", async () => {
      const store = await open();
      const bad = newSample({ drawing: { strokes: [[[0, Number.NaN]]], width: 1, height: 1 } });
      expect((await rejectionOf(store.samples.insert(bad))).message).toContain("must be finite, found NaN");
      expect((await store.samples.stats()).total).toBe(0);
    });

    test("insert() refuses pixels of another size", async () => {
      const store = await open();
      const error = await rejectionOf(store.samples.insert(newSample({ pixels: new Uint8Array(783) })));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toBe("Cannot store a sample: expected 784 bytes of pixels, found 783");
    });

    test("insert() gives ids in order of creation when the clock jumps forward and back", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      const ids: string[] = [];
      for (const jumpMs of [0, 400 * 86_400_000, -401 * 86_400_000, 0, 0, 3_600_000]) {
        clock.timeMs += jumpMs;
        ids.push((await store.samples.insert(newSample())).sample.id);
      }
      expect(ids).toEqual(ids.toSorted());
      expect(new Set(ids).size).toBe(ids.length);
      expect(await store.samples.countAfter(ids[2]!)).toBe(3);
      expect(await store.samples.latestId()).toBe(ids.at(-1)!);
    });

    test("insert() gives an id after the last one that a run has seen when that sample was deleted", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      const seen = Bun.randomUUIDv7("hex", clock.timeMs + 5_000);
      await store.runs.create({ id: "r", pipeline: "tuning", params: {}, trigger: "cli", command: "" });
      await store.runs.update("r", { status: "done", lastSampleId: seen });
      await store.samples.insert(newSample());
      expect(await store.samples.countAfter(seen)).toBe(1);
    });

    test("insert() returns the first sample when an idempotency key is repeated with the same content", async () => {
      const store = await open();
      const sent = newSample();
      const first = await store.samples.insert(sent, "key-1");
      await store.samples.update(first.sample.id, { label: "3" }, LOCAL);
      const again = await store.samples.insert(
        { ...sent, predicted: "9", modelVersion: 2, session: "s" },
        "key-1",
      );
      expect([first.isNew, again.isNew]).toEqual([true, false]);
      expect(again.sample).toMatchObject({ id: first.sample.id, label: "3", predicted: "1" });
      expect((await store.samples.stats()).total).toBe(1);
    });

    test("insert() throws ConflictError when an idempotency key comes with other content", async () => {
      const store = await open();
      await store.samples.insert(newSample(), "key-1");
      const error = await rejectionOf(store.samples.insert(newSample({ label: "8" }), "key-1"));
      expect(error).toBeInstanceOf(ConflictError);
      expect(error.message).toContain('"key-1" was used for another sample');
      const other = newSample({ drawing: null, pixels: new Uint8Array(784) });
      await store.samples.insert(other, "key-2");
      const pixels = new Uint8Array(784).fill(1);
      expect(await rejectionOf(store.samples.insert({ ...other, pixels }, "key-2"))).toBeInstanceOf(
        ConflictError,
      );
    });

    test("insert() keeps an identical drawing once: with its label it is acknowledged, with another one refused", async () => {
      const store = await open();
      for (const change of [{}, { drawing: null, pixels: new Uint8Array(784).fill(5) }, { label: null }]) {
        const sent = newSample(change);
        const { sample } = await store.samples.insert(sent);
        const again = await store.samples.insert({ ...sent, writer: "bob", source: "api" }, "another key");
        expect(again).toEqual({ sample, isNew: false });
        const error = await rejectionOf(store.samples.insert({ ...sent, label: "3" }));
        expect(error).toBeInstanceOf(ConflictError);
        expect(error.message).toContain(`already stored, as sample ${sample.id}`);
        await store.samples.delete(sample.id, LOCAL);
        expect((await store.samples.insert({ ...sent, label: "3" })).isNew).toBe(true);
      }
      expect(await Array.fromAsync(store.samples.iterate())).toHaveLength(3);
    });

    test("insert() takes a drawing for another one when one number of it differs", async () => {
      const store = await open();
      const strokes = [[[1, 2, 3, 0.5] as const, [4, 5] as const], [[6, 7] as const]];
      const drawing = { strokes, width: 10, height: 20 };
      const others: Drawing[] = [
        { ...drawing, width: 11 },
        { ...drawing, height: 21 },
        { ...drawing, strokes: strokes.toReversed() },
        { ...drawing, strokes: [strokes.flat()] },
        {
          ...drawing,
          strokes: [
            [
              [1, 2, 3, 0.25],
              [4, 5],
            ],
            [[6, 7]],
          ],
        },
        {
          ...drawing,
          strokes: [
            [
              [1, 2, 4, 0.5],
              [4, 5],
            ],
            [[6, 7]],
          ],
        },
      ];
      for (const one of [drawing, ...others]) {
        expect((await store.samples.insert(newSample({ drawing: one }))).isNew).toBe(true);
      }
      expect((await store.samples.insert(newSample({ drawing: structuredClone(drawing) }))).isNew).toBe(
        false,
      );
    });

    test("insertMany() stores nothing when one sample of it is bad", async () => {
      const store = await open();
      const bad = newSample({ pixels: new Uint8Array(1) });
      await rejectionOf(store.samples.insertMany([newSample(), newSample(), bad]));
      expect((await store.samples.stats()).total).toBe(0);
      expect(await store.samples.insertMany([newSample(), newSample()])).toHaveLength(2);
    });

    test("list() pages through every sample once, newest first, while new ones arrive", async () => {
      const store = await open();
      await store.samples.insertMany(Array.from({ length: 7 }, () => newSample()));
      const seen: Sample[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.samples.list({ limit: 3, ...(cursor === null ? {} : { cursor }) });
        seen.push(...page.samples);
        cursor = page.nextCursor;
        await store.samples.insert(newSample());
      } while (cursor !== null);
      const ids = seen.map(({ id }) => id);
      expect(ids).toHaveLength(7);
      expect(ids).toEqual(ids.toSorted().reverse());
    });

    test("list() keeps to label, writer, split and state together", async () => {
      const store = await open();
      const { sample } = await store.samples.insert(newSample({ label: "3", writer: "ada" }));
      await store.samples.insert(newSample({ label: "3", writer: "bob" }));
      await store.samples.insert(newSample({ label: "4", writer: "ada" }));
      const query = { label: "3", writer: "ada", split: sample.split, state: "labelled" } as const;
      expect((await store.samples.list(query)).samples).toEqual([sample]);
      await store.samples.update(sample.id, { state: "rejected" }, LOCAL);
      expect((await store.samples.list(query)).samples).toEqual([]);
    });

    test("list() gives, for every combination of filters, what they all let through, newest first, on every page", async () => {
      const store = await open(new FakeClock(), 0.5);
      for (let n = 0; n < 60; n++) {
        const label = n % 5 === 0 ? null : String(n % 3);
        const writer = n % 7 === 0 ? null : `w${n % 4}`;
        const { sample } = await store.samples.insert(newSample({ label, writer }));
        if (n % 6 === 1) await store.samples.update(sample.id, { state: "rejected" }, LOCAL);
      }
      const newest = (await Array.fromAsync(store.samples.iterate())).reverse();
      const optional = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
      const filters = fc.record({
        label: optional("0", "1", "none"),
        writer: optional("w0", "w1", "nobody"),
        state: optional("labelled" as const, "negative" as const, "rejected" as const),
        split: optional("train" as const, "holdout" as const),
      });
      await fc.assert(
        fc.asyncProperty(filters, async (query) => {
          const found: Sample[] = [];
          for (let cursor: string | undefined; ; ) {
            const page = await store.samples.list({ ...query, cursor, limit: 7 });
            found.push(...page.samples);
            if (page.nextCursor === null) break;
            cursor = page.nextCursor;
          }
          const passes = (sample: Sample) =>
            [query.label, query.writer, query.state, query.split].every(
              (value, n) =>
                value === undefined || value === [sample.label, sample.writer, sample.state, sample.split][n],
            );
          expect(found).toEqual(newest.filter(passes));
        }),
        { seed: 7, numRuns: 120 },
      );
    });

    test("list() throws InputError on a limit or a cursor that is not one of ours", async () => {
      const store = await open();
      for (const query of [
        { limit: 0 },
        { limit: 201 },
        { limit: 1.5 },
        { limit: Number.NaN },
        { cursor: "' OR 1=1" },
      ]) {
        expect(await rejectionOf(store.samples.list(query))).toBeInstanceOf(InputError);
      }
    });

    test("update() changes label or state alone, and returns null when there is no such sample", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      const { sample } = await store.samples.insert(newSample());
      clock.timeMs += 1_000;
      const relabelled = await store.samples.update(sample.id, { label: "2" }, LOCAL);
      expect(relabelled).toEqual({ ...sample, label: "2", updatedAt: clock.now().toISOString() });
      expect(await store.samples.update(sample.id, { state: "rejected" }, LOCAL)).toMatchObject({
        label: "2",
        state: "rejected",
      });
      expect(await store.samples.update("none", { label: "2" }, LOCAL)).toBeNull();
    });

    test("a drawing of none of the classes is negative: in no list to train on, no count of labels, and given by negatives()", async () => {
      const store = await open();
      const first = await store.samples.insert(newSample({ writer: "ada" }));
      const sent = newSample({ writer: "ada", label: null });
      const { sample } = await store.samples.insert(sent, "key");
      expect(sample).toMatchObject({ label: null, state: "negative", split: "train" });
      expect(await store.samples.get(sample.id)).toEqual(sample);
      const again = await store.samples.insert(sent, "key");
      expect(again).toEqual({ sample, isNew: false });
      expect(await store.samples.all("train")).toEqual([first.sample]);
      expect(await store.samples.negatives("train")).toEqual([sample]);
      expect(await store.samples.negatives("holdout")).toEqual([]);
      expect(await store.samples.countAfter(null)).toBe(1);
      expect(await store.samples.stats()).toMatchObject({ total: 1, byLabel: { "7": 1 }, negatives: 1 });
      expect((await store.samples.list({ state: "negative" })).samples).toEqual([sample]);
      expect(await Array.fromAsync(store.samples.iterate())).toHaveLength(2);
    });

    test("update() makes a negative sample a labelled one by a label, and back by the state, which removes the label", async () => {
      const store = await open();
      const { sample } = await store.samples.insert(newSample({ label: null }));
      expect(await store.samples.update(sample.id, { label: "4" }, LOCAL)).toMatchObject({
        label: "4",
        state: "labelled",
      });
      expect(await store.samples.update(sample.id, { state: "negative" }, LOCAL)).toMatchObject({
        label: null,
        state: "negative",
      });
      expect(await store.samples.update(sample.id, { state: "rejected" }, LOCAL)).toMatchObject({
        label: null,
        state: "rejected",
      });
    });

    test("update() refuses a labelled sample without a label, and a negative one with one, and changes nothing", async () => {
      const store = await open();
      const { sample } = await store.samples.insert(newSample({ label: null }));
      const refusalOf = (change: Parameters<typeof store.samples.update>[1]) =>
        rejectionOf(store.samples.update(sample.id, change, LOCAL));
      expect(await refusalOf({ state: "labelled" })).toBeInstanceOf(ConflictError);
      expect(await refusalOf({ state: "negative", label: "4" })).toBeInstanceOf(InputError);
      expect(await store.samples.get(sample.id)).toEqual(sample);
    });

    test("delete() says whether there was such a sample", async () => {
      const store = await open();
      const { sample } = await store.samples.insert(newSample());
      expect(await store.samples.delete(sample.id, LOCAL)).toBe(true);
      expect(await store.samples.delete(sample.id, LOCAL)).toBe(false);
      expect(await store.samples.get(sample.id)).toBeNull();
    });

    test("all() gives the labelled samples of one split, oldest first; iterate() gives every sample", async () => {
      const store = await open(new FakeClock(), 0.5);
      await store.samples.insertMany(
        Array.from({ length: 1_203 }, (_, i) => newSample({ writer: `w${i % 40}` })),
      );
      const everyone = await Array.fromAsync(store.samples.iterate());
      expect(everyone.map(({ id }) => id)).toEqual(everyone.map(({ id }) => id).toSorted());
      expect(everyone).toHaveLength(1_203);
      await store.samples.update(everyone[0]!.id, { state: "rejected" }, LOCAL);
      const train = await store.samples.all("train");
      const holdout = await store.samples.all("holdout");
      expect(train.length + holdout.length).toBe(1_202);
      expect(train).toEqual(everyone.filter(({ split, id }) => split === "train" && id !== everyone[0]!.id));
    });

    test("stats() counts labelled samples by label and split, and how often the prediction was right", async () => {
      const store = await open();
      await store.samples.insertMany([
        newSample({ label: "7", predicted: "7" }),
        newSample({ label: "7", predicted: "1" }),
        newSample({ label: "2", predicted: null, confidence: null }),
      ]);
      const { sample } = await store.samples.insert(newSample({ label: "7", predicted: "7" }));
      await store.samples.update(sample.id, { state: "rejected" }, LOCAL);
      const stats = await store.samples.stats();
      expect(stats).toMatchObject({ total: 3, byLabel: { "2": 1, "7": 2 }, predicted: 2, correct: 1 });
      expect(stats.bySplit.train + stats.bySplit.holdout).toBe(3);
    });

    test("countAfter() counts labelled samples after an id, and all of them when there is none", async () => {
      const store = await open();
      const ids: string[] = [];
      for (let i = 0; i < 5; i++) ids.push((await store.samples.insert(newSample())).sample.id);
      await store.samples.update(ids[4]!, { state: "rejected" }, LOCAL);
      expect(await store.samples.countAfter(null)).toBe(4);
      expect(await store.samples.countAfter(ids[1]!)).toBe(2);
      expect(await store.samples.countAfter(ids[4]!)).toBe(0);
    });

    test("outdated() finds the drawings of older images only, and putImages() keeps everything else of them", async () => {
      const store = await open();
      const drawn = (n: number): Drawing => ({ strokes: [[[n, 1]]], width: 9, height: 9 });
      const rows = [
        ...Array.from({ length: 5 }, (_, n) => newSample({ preprocessing: 1, drawing: drawn(n) })),
        newSample({ preprocessing: 1, drawing: null }),
        newSample({ preprocessing: 2, drawing: drawn(6) }),
        newSample({ preprocessing: 3, drawing: drawn(7) }),
      ];
      for (const row of rows) await store.samples.insert(row);
      const before = await Array.fromAsync(store.samples.iterate());
      expect(await store.samples.outdated(2, 3)).toHaveLength(3);
      const outdated = await store.samples.outdated(2, 10);
      expect(outdated.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
        before.slice(0, 5).map(({ id, drawing }) => ({ id, drawing: drawing! })),
      );
      const pixels = new Uint8Array(784).fill(7);
      await store.samples.putImages(
        outdated.map(({ id }) => ({ id, pixels })),
        2,
      );
      const expected = before.map((sample, i) => (i < 5 ? { ...sample, pixels, preprocessing: 2 } : sample));
      expect(await Array.fromAsync(store.samples.iterate())).toEqual(expected);
      expect(await store.samples.outdated(2, 10)).toEqual([]);
    });
  });
}
