import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import { decodeMetrics } from "../../../src/domain/metrics.ts";
import type { RunSort } from "../../../src/domain/runs/run-annotations.ts";
import { InputError, NotFoundError } from "../../../src/lib/errors.ts";
import { FakeClock, newRun, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    async function threeRuns() {
      const clock = new FakeClock();
      const store = await open(clock);
      await store.runs.create(newRun("run-a", { pipeline: "tuning", params: { tuning_epochs: 2 } }));
      await store.runs.create(newRun("run-b", { pipeline: "first", params: { first: { images: 100 } } }));
      await store.runs.create(
        newRun("run-c", { pipeline: "tuning", params: { tuning_keep: 0.5, on: true } }),
      );
      const idsOf = async (query: Parameters<typeof store.runs.list>[0]) =>
        (await store.runs.list(query)).runs.map(({ id }) => id);
      return { clock, store, idsOf };
    }

    test("annotate() stores tags and a note with who wrote them and when, and annotations() returns them", async () => {
      const { clock, store } = await threeRuns();
      const first = await store.runs.annotate(
        "run-a",
        { addTags: [" good ", "good"], note: " try 2 " },
        LOCAL,
      );
      const at = clock.now().toISOString();
      expect(first).toEqual({
        runId: "run-a",
        tags: [{ tag: "good", at, by: LOCAL }],
        note: { text: "try 2", at, by: LOCAL },
      });
      clock.timeMs += 60_000;
      const later = clock.now().toISOString();
      expect((await store.runs.annotate("run-a", { note: "try 2" }, LOCAL)).note?.at).toBe(at);
      expect((await store.runs.annotate("run-a", { note: "try 3" }, LOCAL)).note).toMatchObject({
        text: "try 3",
        at: later,
      });
      await store.runs.annotate("run-b", { addTags: ["good"] }, LOCAL);
      expect(await store.runs.tags()).toEqual([{ tag: "good", runs: 2 }]);
      const removed = await store.runs.annotate("run-a", { removeTags: ["good"], note: null }, LOCAL);
      expect(removed).toEqual({ runId: "run-a", tags: [], note: null });
      expect(
        (await store.runs.annotations(["run-c", "run-b"])).map(({ runId, tags }) => [runId, tags.length]),
      ).toEqual([
        ["run-c", 0],
        ["run-b", 1],
      ]);
    });

    test("annotate() refuses what is too long, too many tags and a run that does not exist, and stores nothing", async () => {
      const { store } = await threeRuns();
      const many = Array.from({ length: 21 }, (_, i) => `t${i}`);
      for (const change of [
        { addTags: ["x".repeat(41)] },
        { addTags: [""] },
        { addTags: ["a,b"] },
        { addTags: many },
        { note: "x".repeat(4_001) },
      ]) {
        expect(await rejectionOf(store.runs.annotate("run-a", change, LOCAL))).toBeInstanceOf(InputError);
      }
      expect(await rejectionOf(store.runs.annotate("nope", { note: "x" }, LOCAL))).toBeInstanceOf(
        NotFoundError,
      );
      expect(await store.runs.annotations(["run-a"])).toEqual([{ runId: "run-a", tags: [], note: null }]);
    });

    test("list() finds runs by parts of id, pipeline, tag, note and parameter, all words of the search", async () => {
      const { store, idsOf } = await threeRuns();
      await store.runs.annotate("run-a", { addTags: ["kana"], note: "less noise, 100 % sure" }, LOCAL);
      expect(await idsOf({ search: "RUN-B" })).toEqual(["run-b"]);
      expect(await idsOf({ search: "tuning" })).toEqual(["run-c", "run-a"]);
      expect(await idsOf({ search: "kan" })).toEqual(["run-a"]);
      expect(await idsOf({ tag: "kana" })).toEqual(["run-a"]);
      expect(await idsOf({ tag: "kan" })).toEqual([]);
      expect(await idsOf({ search: "noise tuning" })).toEqual(["run-a"]);
      expect(await idsOf({ search: "tuning_epochs=2" })).toEqual(["run-a"]);
      expect(await idsOf({ search: "images=100" })).toEqual(["run-b"]);
      expect(await idsOf({ search: "on=true" })).toEqual(["run-c"]);
      expect(await idsOf({ search: "%" })).toEqual(["run-a"]);
      expect(await idsOf({ search: "100_%" })).toEqual([]);
    });

    test.each<[RunSort, string[]]>([
      ["newest", ["run-c", "run-b", "run-a"]],
      ["oldest", ["run-a", "run-b", "run-c"]],
      ["duration", ["run-a", "run-c", "run-b"]],
      ["mnist", ["run-b", "run-c", "run-a"]],
      ["holdout", ["run-c", "run-b", "run-a"]],
    ])("list() sorts by %s, page by page", async (sort, expected) => {
      const { store } = await threeRuns();
      const startedAt = "2026-01-02T03:04:00.000Z";
      await store.runs.update("run-a", { startedAt, finishedAt: "2026-01-02T03:09:00.000Z" });
      const metrics = (accuracy: number) => decodeMetrics({ mnist_test: { n: 10, accuracy } });
      await store.runs.update("run-b", { metrics: metrics(0.99) });
      const finishedAt = "2026-01-02T03:05:00.000Z";
      await store.runs.update("run-c", { startedAt, finishedAt, metrics: metrics(0.9) });
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof store.runs.list>> = await store.runs.list({
          ...{ sort, limit: 1 },
          ...(cursor === null ? {} : { cursor }),
        });
        ids.push(...page.runs.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(ids).toEqual(expected);
    });
  });
}
