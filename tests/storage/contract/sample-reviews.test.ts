import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { ScreeningMark } from "../../../src/domain/samples/review.ts";
import { ConflictError, InputError } from "../../../src/lib/errors.ts";
import { newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const mark = (id: string, state: ScreeningMark["state"], p = 0.001): ScreeningMark => ({
  ...{ id, state, p },
  label: "7",
  reading: "1",
});

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    async function storeWith(n: number) {
      const store = await open();
      const ids: string[] = [];
      for (let i = 0; i < n; i++) ids.push((await store.samples.insert(newSample())).sample.id);
      return { samples: store.samples, ids };
    }

    test("putMarks() takes suspect and held labels out of all(), and leaves those that passed", async () => {
      const { samples, ids } = await storeWith(4);
      const before = (await samples.all("train")).length + (await samples.all("holdout")).length;
      await samples.putMarks("r1", [
        mark(ids[0]!, "suspect"),
        mark(ids[1]!, "held"),
        mark(ids[2]!, "passed"),
      ]);
      const left = [...(await samples.all("train")), ...(await samples.all("holdout"))].map(({ id }) => id);
      expect([before, left.toSorted()]).toEqual([4, [ids[2]!, ids[3]!].toSorted()]);
      expect((await samples.get(ids[0]!))?.review).toEqual({
        state: "suspect",
        by: "model",
        runId: "r1",
        reading: "1",
        p: 0.001,
        leftBy: null,
      });
      expect(await samples.reviewCounts()).toEqual({
        ...{ suspect: 1, held: 1, pinned: 0 },
        batches: [{ runId: "r1", n: 2, held: 1 }],
      });
    });

    test("putMarks() leaves a label that has changed since, or that a person has confirmed", async () => {
      const { samples, ids } = await storeWith(2);
      await samples.update(ids[0]!, { label: "3" }, LOCAL);
      await samples.confirm({ id: ids[1]! });
      await samples.putMarks(
        "r1",
        ids.map((id) => mark(id, "suspect")),
      );
      const states = await Promise.all(ids.map(async (id) => (await samples.get(id))?.review.state));
      expect(states).toEqual([null, "confirmed"]);
    });

    test("update() has a changed label screened again, and keeps the review of one that did not change", async () => {
      const { samples, ids } = await storeWith(2);
      await samples.putMarks(
        "r1",
        ids.map((id) => mark(id, "suspect")),
      );
      expect((await samples.update(ids[0]!, { label: "1" }, LOCAL))?.review.state).toBeNull();
      expect((await samples.update(ids[1]!, { label: "7" }, LOCAL))?.review.state).toBe("suspect");
    });

    test("inReview() pages through the queue, the least probable first, and by run", async () => {
      const { samples, ids } = await storeWith(5);
      const ps = [0.01, 0.002, 0.002, 0.5, 0.0001];
      await samples.putMarks(
        "r1",
        ids.slice(0, 4).map((id, i) => mark(id, "suspect", ps[i]!)),
      );
      await samples.putMarks("r2", [mark(ids[4]!, "suspect", ps[4]!)]);
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await samples.inReview({
          state: "suspect",
          limit: 2,
          ...(cursor !== null && { cursor }),
        });
        seen.push(...page.samples.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      const tied = [ids[1]!, ids[2]!].toSorted();
      expect(seen).toEqual([ids[4]!, ...tied, ids[0]!, ids[3]!]);
      const ofRun = await samples.inReview({ state: "suspect", runId: "r2" });
      expect(ofRun.samples.map(({ id }) => id)).toEqual([ids[4]!]);
      expect((await samples.inReview({ state: "held" })).samples).toEqual([]);
      const bad = rejectionOf(samples.inReview({ state: "held", cursor: "x" }));
      expect(await bad).toBeInstanceOf(InputError);
    });

    test("confirm() and rejectHeld() decide a batch as a whole, its suspect labels included", async () => {
      const { samples, ids } = await storeWith(4);
      await samples.putMarks("r1", [mark(ids[0]!, "held"), mark(ids[1]!, "suspect")]);
      await samples.putMarks("r2", [mark(ids[2]!, "held"), mark(ids[3]!, "held")]);
      expect(await samples.confirm({ runId: "r1" })).toBe(2);
      expect(await samples.rejectHeld("r2", LOCAL)).toBe(2);
      expect(await samples.rejectHeld("r2", LOCAL)).toBe(0);
      const states = await Promise.all(ids.map(async (id) => (await samples.get(id))!));
      expect(states.map(({ state, review }) => [state, review.state])).toEqual([
        ["labelled", "confirmed"],
        ["labelled", "confirmed"],
        ["rejected", null],
        ["rejected", null],
      ]);
    });

    test("pin() puts a drawing aside: it is in pinned(), not in all(), and nothing changes or deletes it", async () => {
      const { samples, ids } = await storeWith(2);
      const drawing = (await samples.get(ids[0]!))!;
      await samples.pin(ids[0]!, true);
      expect((await samples.pinned()).map(({ id }) => id)).toEqual([ids[0]!]);
      expect(
        [...(await samples.all("train")), ...(await samples.all("holdout"))].map(({ id }) => id),
      ).toEqual([ids[1]!]);
      for (const change of [
        samples.update(ids[0]!, { label: "1" }, LOCAL),
        samples.update(ids[0]!, { state: "rejected" }, LOCAL),
        samples.delete(ids[0]!, LOCAL),
      ]) {
        expect(await rejectionOf(change)).toBeInstanceOf(ConflictError);
      }
      const row = { ...newSample({ label: "1" }), drawing: drawing.drawing, pixels: drawing.pixels };
      expect((await samples.insertMany([row], "replace"))[0]).toMatchObject({ result: "kept" });
      await samples.putMarks("r1", [mark(ids[0]!, "suspect")]);
      expect(await samples.confirm({ id: ids[0]! })).toBe(0);
      expect(await samples.get(ids[0]!)).toMatchObject({
        label: "7",
        state: "labelled",
        review: { state: "pinned" },
      });
    });

    test("pin() releases a drawing, refuses one without a label in use, and knows no other", async () => {
      const { samples, ids } = await storeWith(1);
      await samples.pin(ids[0]!, true);
      await samples.pin(ids[0]!, false);
      expect((await samples.update(ids[0]!, { state: "rejected" }, LOCAL))?.state).toBe("rejected");
      expect(await rejectionOf(samples.pin(ids[0]!, true))).toBeInstanceOf(ConflictError);
      expect(await samples.pin("00000000-0000-7000-8000-000000000000", true)).toBeNull();
    });
  });
}
