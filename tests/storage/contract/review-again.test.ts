import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { Sample } from "../../../src/domain/sample.ts";
import type { ScreeningMark } from "../../../src/domain/samples/review.ts";
import type { Store } from "../../../src/domain/store.ts";
import { ConflictError } from "../../../src/lib/errors.ts";
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
    test("reviewAgain() undoes each decision: label, state and place in the queue are as before", async () => {
      const store = await open();
      const decisions: ((id: string) => Promise<unknown>)[] = [
        (id) => store.samples.confirm({ id }),
        (id) => store.samples.update(id, { label: "2" }, LOCAL),
        (id) => store.samples.update(id, { state: "negative" }, LOCAL),
        (id) => store.samples.update(id, { state: "rejected" }, LOCAL),
      ];
      for (const decide of decisions) {
        const [sample] = await marked(store, [{ p: 0.003 }]);
        await decide(sample!.id);
        expect((await stateOf(store, sample!))[2]).not.toBe("suspect");
        const again = await store.samples.reviewAgain(sample!.id, { label: "7", state: "suspect" }, LOCAL);
        expect(again).toEqual(await store.samples.get(sample!.id));
        expect(await stateOf(store, sample!)).toEqual(["7", "labelled", "suspect"]);
        expect(again?.review).toMatchObject({ runId: "r1", reading: "1", p: 0.003 });
      }
    });

    test("a batch of more labels than one transaction takes is decided as a whole", async () => {
      for (const decide of ["confirm", "rejectHeld"] as const) {
        const store = await open();
        const stored = await store.samples.insertMany(Array.from({ length: 2_100 }, () => newSample()));
        const marks = stored.flatMap((one) =>
          "id" in one ? [{ id: one.id, label: "7", reading: "1", p: 0.5 }] : [],
        );
        await store.samples.putMarks(
          "r1",
          marks.map((mark) => ({ ...mark, state: "held" })),
        );
        const { samples } = store;
        const n =
          decide === "confirm"
            ? await samples.confirm({ runId: "r1" })
            : await samples.rejectHeld("r1", LOCAL);
        expect(n).toBe(2_100);
        expect((await samples.reviewCounts()).held).toBe(0);
      }
    }, 30_000);

    test("reviewAgain() refuses a sample that no run has screened, and returns null for none", async () => {
      const store = await open();
      const { sample } = await store.samples.insert(newSample());
      const before = { label: "7", state: "suspect" } as const;
      expect(await rejectionOf(store.samples.reviewAgain(sample.id, before, LOCAL))).toBeInstanceOf(
        ConflictError,
      );
      expect(
        await store.samples.reviewAgain("00000000-0000-7000-8000-000000000000", before, LOCAL),
      ).toBeNull();
    });

    test("nothing but unpinning changes or deletes a pinned drawing", async () => {
      const store = await open();
      const [pinned, other] = await marked(store, [{ state: "held" }, { state: "held" }]);
      const { id } = pinned!;
      await store.samples.pin(id, true);
      for (const attempt of [
        () => store.samples.update(id, { label: "2" }, LOCAL),
        () => store.samples.update(id, { state: "rejected" }, LOCAL),
        () => store.samples.update(id, { state: "negative" }, LOCAL),
        () => store.samples.delete(id, LOCAL),
        () => store.samples.reviewAgain(id, { label: "2", state: "suspect" }, LOCAL),
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
      expect(await store.samples.rejectHeld("r1", LOCAL)).toBe(0);
      await store.samples.putMarks("r2", [{ id, label: "7", state: "suspect", reading: "1", p: 0 }]);
      expect(await store.samples.get(id)).toMatchObject({
        ...{ label: "7", state: "labelled", drawing: pinned!.drawing },
        review: { state: "pinned" },
      });
      expect((await store.samples.pinned()).map((sample) => sample.id)).toEqual([id]);
      await store.samples.pin(id, false);
      expect((await store.samples.update(id, { label: "2" }, LOCAL))?.label).toBe("2");
      expect(await store.samples.delete(id, LOCAL)).toBe(true);
      expect(await stateOf(store, other!)).toEqual(["7", "labelled", "confirmed"]);
    });
  });
}
