import { describe, expect, test } from "bun:test";
import type { Sample } from "../../../src/domain/sample.ts";
import type { ScreeningMark } from "../../../src/domain/samples/review.ts";
import type { Store } from "../../../src/domain/store.ts";
import { ConflictError, InputError } from "../../../src/lib/errors.ts";
import { newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

/** Samples labelled 7, each marked by run r1. */
async function marked(store: Store, marks: readonly Partial<ScreeningMark>[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const _ of marks) samples.push((await store.samples.insert(newSample({ writer: "ann" }))).sample);
  await store.samples.putMarks(
    "r1",
    marks.map((mark, i) => ({
      ...{ id: samples[i]!.id, label: "7", state: "suspect", reading: "1", p: 0.5 },
      ...mark,
    })),
  );
  return samples;
}
const stateOf = async (store: Store, { id }: Sample) => {
  const sample = await store.samples.get(id);
  return [sample?.label, sample?.state, sample?.review.state];
};

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("inReview() returns the least probable first, page by page, of one state and run", async () => {
      const store = await open();
      const samples = await marked(store, [{ p: 0.5 }, { p: 0.001 }, { p: 0.2 }, { state: "held" }, {}]);
      const first = await store.samples.inReview({ state: "suspect", limit: 3 });
      expect(first.samples.map(({ id }) => id)).toEqual([1, 2, 0].map((i) => samples[i]!.id));
      const rest = await store.samples.inReview({ state: "suspect", limit: 3, cursor: first.nextCursor! });
      expect(rest.samples.map(({ id }) => id)).toEqual([samples[4]!.id]);
      expect(rest.nextCursor).toBeNull();
      expect((await store.samples.inReview({ state: "held" })).samples[0]?.review).toEqual({
        ...{ state: "held", runId: "r1", reading: "1", p: 0.5 },
      });
      expect((await store.samples.inReview({ state: "held", runId: "r2" })).samples).toEqual([]);
      expect(await rejectionOf(store.samples.inReview({ state: "held", cursor: "x" }))).toBeInstanceOf(
        InputError,
      );
      expect(await store.samples.reviewCounts()).toEqual({
        ...{ suspect: 4, held: 1, pinned: 0, batches: [{ runId: "r1", n: 1 }] },
      });
    });

    test("all() leaves out what is in review and pinned, and has it again once it is confirmed", async () => {
      const store = await open(undefined, 0);
      const [suspect, held, pinned, passed] = await marked(store, [
        ...[{}, { state: "held" as const }, { state: "passed" as const }, { state: "passed" as const }],
      ]);
      await store.samples.pin(pinned!.id, true);
      const trained = async () => (await store.samples.all("train")).map(({ id }) => id);
      expect(await trained()).toEqual([passed!.id]);
      await store.samples.confirm({ id: suspect!.id });
      await store.samples.confirm({ runId: "r1" });
      expect(await trained()).toEqual([suspect!.id, held!.id, passed!.id]);
    });

    test("reviewAgain() undoes each decision: label, state and place in the queue are as before", async () => {
      const store = await open();
      const decisions: ((id: string) => Promise<unknown>)[] = [
        (id) => store.samples.confirm({ id }),
        (id) => store.samples.update(id, { label: "2" }),
        (id) => store.samples.update(id, { state: "negative" }),
        (id) => store.samples.update(id, { state: "rejected" }),
      ];
      for (const decide of decisions) {
        const [sample] = await marked(store, [{ p: 0.003 }]);
        await decide(sample!.id);
        expect((await stateOf(store, sample!))[2]).not.toBe("suspect");
        const again = await store.samples.reviewAgain(sample!.id, { label: "7", state: "suspect" });
        expect(again).toEqual(await store.samples.get(sample!.id));
        expect(await stateOf(store, sample!)).toEqual(["7", "labelled", "suspect"]);
        expect(again?.review).toMatchObject({ runId: "r1", reading: "1", p: 0.003 });
      }
    });

    test("reviewAgain() refuses a sample that no run has screened, and returns null for none", async () => {
      const store = await open();
      const { sample } = await store.samples.insert(newSample());
      const before = { label: "7", state: "suspect" } as const;
      expect(await rejectionOf(store.samples.reviewAgain(sample.id, before))).toBeInstanceOf(ConflictError);
      expect(await store.samples.reviewAgain("00000000-0000-7000-8000-000000000000", before)).toBeNull();
    });

    test("nothing but unpinning changes or deletes a pinned drawing", async () => {
      const store = await open();
      const [pinned, other] = await marked(store, [{ state: "held" }, { state: "held" }]);
      const { id } = pinned!;
      await store.samples.pin(id, true);
      for (const attempt of [
        () => store.samples.update(id, { label: "2" }),
        () => store.samples.update(id, { state: "rejected" }),
        () => store.samples.update(id, { state: "negative" }),
        () => store.samples.delete(id),
        () => store.samples.reviewAgain(id, { label: "2", state: "suspect" }),
        () => store.samples.insert({ ...newSample(), drawing: pinned!.drawing, label: "2" }),
        () => store.samples.insertMany([{ ...pinned!, label: "2" }]),
      ]) {
        expect(await rejectionOf(attempt())).toBeInstanceOf(ConflictError);
      }
      for (const row of [
        { ...pinned!, label: "2" },
        { ...pinned!, state: "rejected" as const },
        // Another drawing with its id.
        { ...newSample(), id, label: "2" },
      ]) {
        const [outcome] = await store.samples.insertMany([row], "replace");
        expect(outcome?.result).toBe("kept");
      }
      expect(await store.samples.confirm({ id })).toBe(0);
      expect(await store.samples.confirm({ runId: "r1" })).toBe(1);
      expect(await store.samples.rejectHeld("r1")).toBe(0);
      await store.samples.putMarks("r2", [{ id, label: "7", state: "suspect", reading: "1", p: 0 }]);
      expect(await store.samples.get(id)).toMatchObject({
        ...{ label: "7", state: "labelled", drawing: pinned!.drawing },
        review: { state: "pinned" },
      });
      expect((await store.samples.pinned()).map((sample) => sample.id)).toEqual([id]);
      await store.samples.pin(id, false);
      expect((await store.samples.update(id, { label: "2" }))?.label).toBe("2");
      expect(await store.samples.delete(id)).toBe(true);
      expect(await stateOf(store, other!)).toEqual(["7", "labelled", "confirmed"]);
    });

    test("pin() refuses a drawing without a label in use, and returns null for none", async () => {
      const store = await open();
      const { sample } = await store.samples.insert(newSample({ label: null }));
      expect(await rejectionOf(store.samples.pin(sample.id, true))).toBeInstanceOf(ConflictError);
      expect(await store.samples.pin("00000000-0000-7000-8000-000000000000", true)).toBeNull();
    });
  });
}
