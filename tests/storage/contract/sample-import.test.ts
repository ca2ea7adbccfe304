import { describe, expect, test } from "bun:test";
import type { ImportSample } from "../../../src/domain/samples/sample-import.ts";
import { ConflictError } from "../../../src/lib/errors.ts";
import { FakeClock, newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const ID = "019b0000-0000-7000-8000-000000000001";
const exported = (change: Partial<ImportSample> = {}): ImportSample => ({
  ...newSample(),
  id: ID,
  split: "holdout",
  state: "labelled",
  createdAt: "2025-01-01T00:00:00.000Z",
  updatedAt: "2025-02-01T00:00:00.000Z",
  ...change,
});

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("insertMany() keeps id, times, side and state of a row, and gives it an arrival of its own", async () => {
      const store = await open();
      const first = (await store.samples.insert(newSample())).sample;
      const row = exported({ state: "rejected" });
      expect(await store.samples.insertMany([row])).toEqual([
        { result: "imported", id: ID, split: "holdout" },
      ]);
      const stored = await store.samples.get(ID);
      expect(stored).toEqual({ ...stored!, ...row });
      expect(stored!.arrival > first.arrival && stored!.id < first.id).toBe(true);
    });

    test("a sample that was imported with an old id is new for the next run, and counts as seen afterwards", async () => {
      const store = await open();
      await store.samples.insert(newSample());
      const seen = await store.samples.latestId();
      await store.samples.insertMany([exported()]);
      expect(await store.samples.countAfter(seen)).toBe(1);
      expect(await store.samples.countAfter(await store.samples.latestId())).toBe(0);
    });

    test("insertMany() knows a drawing again, in one batch and in the next, whatever else its row says", async () => {
      const store = await open();
      const row = exported();
      const outcomes = await store.samples.insertMany([row, { ...row, id: undefined, writer: "bob" }]);
      expect(outcomes.map(({ result }) => result)).toEqual(["imported", "known"]);
      const again = await store.samples.insertMany([newSample({ drawing: row.drawing })]);
      expect(again).toEqual([{ result: "known", id: ID }]);
      expect(await Array.fromAsync(store.samples.iterate())).toHaveLength(1);
    });

    test("insertMany() knows a drawing that has lost its strokes in a file, and one that has them again", async () => {
      const [store, other] = [await open(), await open()];
      const pen = newSample({ pixels: new Uint8Array(784).fill(9) });
      const pixels = { ...pen, drawing: null };
      const { sample } = await store.samples.insert(pen);
      expect(await store.samples.insertMany([pixels])).toEqual([{ result: "known", id: sample.id }]);
      expect(await store.samples.insert(pixels)).toEqual({ sample, isNew: false });
      const { sample: flat } = await other.samples.insert(pixels);
      expect(await other.samples.insertMany([pen])).toEqual([{ result: "known", id: flat.id }]);
      expect(await other.samples.insert(pen)).toMatchObject({ isNew: false });
    });

    test("insertMany() compares images with the label first, and never two drawings that both have strokes", async () => {
      const store = await open();
      const line = { pixels: new Uint8Array(784).fill(8) };
      const one = (await store.samples.insert(newSample({ ...line, label: "1" }))).sample;
      const seven = (await store.samples.insert(newSample({ ...line, label: "7" }))).sample;
      expect(one.id === seven.id).toBe(false);
      const row = (label: string) => newSample({ ...line, label, drawing: null });
      expect(await store.samples.insertMany([row("7"), row("1")])).toEqual([
        { result: "known", id: seven.id },
        { result: "known", id: one.id },
      ]);
      const stored = { label: "1", state: "labelled" };
      expect(await store.samples.conflicts([row("4")])).toEqual([
        { reason: "label", stored, given: { label: "4", state: "labelled" } } as never,
      ]);
      // Whoever draws or sends one is not refused for an image that is equal by chance.
      expect((await store.samples.insert(row("4"))).isNew).toBe(true);
    });

    test("an image is found by what it is after drawings were rendered again", async () => {
      const store = await open();
      const pen = newSample();
      const { sample } = await store.samples.insert(pen);
      const pixels = new Uint8Array(784).fill(3);
      await store.samples.putImages([{ id: sample.id, pixels }], 2);
      expect(await store.samples.insertMany([{ ...pen, pixels, drawing: null }])).toEqual([
        { result: "known", id: sample.id },
      ]);
    });

    test.each<[string, Partial<ImportSample>, string]>([
      ["another label", { label: "1" }, "label"],
      ["a label for a drawing of none of the classes", { label: null, state: undefined }, "label"],
      ["another state", { state: "rejected" }, "label"],
      ["another drawing with its id", { drawing: newSample().drawing }, "id"],
    ])("insertMany() takes %s for a conflict: it fails, keeps or replaces", async (_, change, reason) => {
      const store = await open();
      const row = exported();
      await store.samples.insertMany([row]);
      const before = await store.samples.get(ID);
      const other = { ...row, ...change };
      const conflict = {
        reason,
        stored: { label: row.label, state: "labelled" },
        given: { label: other.label, state: other.state ?? "negative" },
      };
      expect(await store.samples.conflicts([newSample(), row, other])).toEqual([
        null,
        null,
        conflict as never,
      ]);

      const error = await rejectionOf(store.samples.insertMany([newSample(), other]));
      expect(error).toBeInstanceOf(ConflictError);
      expect(await Array.fromAsync(store.samples.iterate())).toEqual([before!]);

      expect(await store.samples.insertMany([other], "keep")).toEqual([
        { result: "kept", id: ID, conflict: conflict as never },
      ]);
      expect(await store.samples.get(ID)).toEqual(before);

      expect(await store.samples.insertMany([other], "replace")).toEqual([
        { result: "replaced", id: ID, conflict: conflict as never },
      ]);
      const { label, drawing } = other;
      expect(await store.samples.get(ID)).toMatchObject({ label, drawing, state: conflict.given.state });
      expect(await Array.fromAsync(store.samples.iterate())).toHaveLength(1);
    });

    test("insertMany() keeps a writer on the side where the store has the writer, and otherwise on the side of the row", async () => {
      const store = await open();
      await store.samples.insert(newSample({ writer: "ada" }));
      const rows = ["ada", "bob", "bob", null].map((writer, n) =>
        exported({
          id: `${ID.slice(0, -1)}${n}`,
          writer,
          drawing: newSample().drawing,
          split: n === 2 ? "train" : "holdout",
        }),
      );
      const splits = (await store.samples.insertMany(rows)).map((one) => "split" in one && one.split);
      expect(splits).toEqual(["train", "holdout", "holdout", "holdout"]);
      const later = await store.samples.insert(newSample({ writer: "bob" }));
      expect(later.sample.split).toBe("holdout");
    });

    test("a drawing without a writer is on the same side in every store", async () => {
      const rows = Array.from({ length: 60 }, () => newSample());
      const stores = [await open(new FakeClock(), 0.5), await open(new FakeClock(5_000_000), 0.5)];
      const sides = [];
      for (const store of stores) {
        await store.samples.insert(newSample({ writer: "first" }));
        sides.push((await store.samples.insertMany(rows)).map((one) => "split" in one && one.split));
      }
      expect(sides[0]).toEqual(sides[1]!);
      expect(new Set(sides[0])).toEqual(new Set(["train", "holdout"]));
    });
  });
}
