import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { NewQueueDrawing } from "../../../src/domain/queue/queue-drawing.ts";
import type { Store } from "../../../src/domain/store.ts";
import { FakeClock, newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const KEY = new Uint8Array(32).fill(7);

function drawingOf(change: Partial<NewQueueDrawing>): NewQueueDrawing {
  const { drawing, pixels, preprocessing } = newSample();
  return {
    ...{ drawing, pixels, preprocessing, writer: null, session: null, source: "import", actor: LOCAL },
    ...change,
  };
}

async function answerNext(store: Store, labeller: string, kind: "none" | "discard") {
  const { questions } = await store.queue.next({
    ...{ labeller, order: "newest", n: 1, holding: [], live: null, compared: null, leaseMs: 1_000 },
    ...{ shares: { second: 0, known: 0 }, draws: [0] },
  });
  const { decision } = await store.queue.answer(questions[0]!.id, { kind }, { labeller, actor: LOCAL });
  return decision;
}

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("forgetting a writer removes their drawings from the queue, and refuses them from then on", async () => {
      const store = await open();
      const hers = drawingOf({ writer: "ada" });
      await store.queue.add([hers, drawingOf({ writer: "bob" }), drawingOf({ session: "s1" })]);
      expect(await store.forgetting.preview({ writer: "ada" })).toMatchObject({
        ...{ drawings: 1, unlabelled: 1, decisions: 0 },
      });
      expect(await store.forgetting.forget({ writer: "ada" }, LOCAL, KEY)).toMatchObject({ drawings: 1 });
      await store.forgetting.forget({ session: "s1" }, LOCAL, KEY);
      const left = await store.queue.pageAfter(null, 10);
      expect(left.map(({ writer }) => writer)).toEqual(["bob"]);
      expect(await store.queue.add([hers])).toEqual([{ result: "forgotten" }]);
    });

    test("forgetting a writer removes discarded drawings, and decisions about their drawings", async () => {
      const store = await open();
      await store.queue.add([drawingOf({ writer: "ada" })]);
      const decision = await answerNext(store, "bob", "discard");
      expect((await store.forgetting.forget({ writer: "ada" }, LOCAL, KEY)).drawings).toBe(1);
      const by = { labeller: "bob", actor: LOCAL };
      const error = await rejectionOf(store.queue.undo(decision.id, by, 1_000));
      expect(error.message).toContain("no decision");
    });

    test("forgetting a labeller removes their decisions, and keeps the labels that they gave", async () => {
      const store = await open();
      await store.queue.add([drawingOf({ writer: "bob" })]);
      const decision = await answerNext(store, "ada", "none");
      expect(await store.forgetting.preview({ writer: "ada" })).toMatchObject({ drawings: 0, decisions: 1 });
      await store.forgetting.forget({ writer: "ada" }, LOCAL, KEY);
      expect(await store.forgetting.preview({ writer: "ada" })).toMatchObject({ decisions: 0 });
      expect((await store.samples.get(decision.itemId))!.state).toBe("negative");
    });

    test("drawings from before a time are removed from the queue too, as retention does it", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      await store.queue.add([drawingOf({})]);
      clock.timeMs += 86_400_000;
      await store.queue.add([drawingOf({})]);
      const before = clock.now().toISOString();
      expect((await store.forgetting.preview({ before })).drawings).toBe(1);
      await store.forgetting.forget({ before }, LOCAL, KEY);
      expect((await store.queue.counts()).unlabelled).toBe(1);
    });

    test("a list of forgotten drawings that is applied to a restored store removes them from the queue", async () => {
      const store = await open();
      const hers = drawingOf({ writer: "ada" });
      await store.queue.add([hers]);
      await store.forgetting.forget({ writer: "ada" }, LOCAL, KEY);
      const list = await store.forgetting.list();
      const restored = await open();
      await restored.queue.add([hers, drawingOf({})]);
      expect(await restored.forgetting.apply(list)).toBe(1);
      expect((await restored.queue.counts()).unlabelled).toBe(1);
    });

    test("drawings of an older preprocessing are found, rendered again and scored again", async () => {
      const store = await open();
      await store.queue.add([
        drawingOf({ preprocessing: 1 }),
        drawingOf({ drawing: null, preprocessing: 1 }),
      ]);
      const outdated = await store.queue.outdated(2, 10);
      expect(outdated).toHaveLength(1);
      const pixels = new Uint8Array(784).fill(9);
      await store.queue.putImages([{ id: outdated[0]!.id, pixels }], 2);
      expect(await store.queue.outdated(2, 10)).toEqual([]);
      expect((await store.queue.images([outdated[0]!.id]))[0]!.pixels).toEqual(pixels);
      expect(await store.queue.toScore({ live: 1, compared: null, limit: 10 })).toHaveLength(2);
    });
  });
}
