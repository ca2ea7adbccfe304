import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { NextQuestions } from "../../../src/domain/queue/question.ts";
import type { NewQueueDrawing } from "../../../src/domain/queue/queue-drawing.ts";
import type { Store } from "../../../src/domain/store.ts";
import { ConflictError, NotFoundError } from "../../../src/lib/errors.ts";
import { FakeClock, newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const LEASE_MS = 120_000;

function drawingOf(change: Partial<NewQueueDrawing> = {}): NewQueueDrawing {
  const { drawing, pixels, preprocessing } = newSample();
  return {
    ...{ drawing, pixels, preprocessing, writer: null, session: null, source: "import", actor: LOCAL },
    ...change,
  };
}

function nextFor(labeller: string, change: Partial<NextQuestions> = {}): NextQuestions {
  const n = change.n ?? 1;
  return {
    ...{ labeller, order: "newest", n, holding: [], live: null, compared: null, leaseMs: LEASE_MS },
    ...{ shares: { second: 0, known: 0 }, draws: Array.from({ length: n }, () => 0.5) },
    ...change,
  };
}

async function fill(store: Store, n: number): Promise<string[]> {
  const outcomes = await store.queue.add(Array.from({ length: n }, () => drawingOf()));
  return outcomes.map((outcome) => (outcome.result === "added" ? outcome.id : ""));
}

const by = (labeller: string) => ({ labeller, actor: LOCAL });

for (const { name, open, openAt } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("add() keeps a drawing once, and says when it is a sample", async () => {
      const store = await open();
      const drawing = drawingOf();
      const [first] = await store.queue.add([drawing]);
      expect(first).toMatchObject({ result: "added" });
      const id = (first as { id: string }).id;
      expect(await store.queue.add([drawing])).toEqual([{ result: "known", id }]);
      const { sample } = await store.samples.insert(newSample());
      const twin = drawingOf({ drawing: sample.drawing, pixels: sample.pixels });
      expect(await store.queue.add([twin])).toEqual([{ result: "labelled", id: sample.id }]);
      expect(await store.queue.counts()).toEqual({ unlabelled: 1, leased: 0, scoredBy: [] });
    });

    test("next() gives the newest first, and each drawing to one labeller until the lease ends", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      const [older, newer] = await fill(store, 2);
      const ada = await store.queue.next(nextFor("ada"));
      expect(ada.questions.map(({ itemId }) => itemId)).toEqual([newer!]);
      expect(ada.left).toEqual({ unlabelled: 2, leased: 1 });
      const bob = await store.queue.next(nextFor("bob", { n: 2 }));
      expect(bob.questions.map(({ itemId }) => itemId)).toEqual([older!]);
      clock.timeMs += LEASE_MS;
      const again = await store.queue.next(nextFor("bob", { n: 2, holding: [bob.questions[0]!.id] }));
      expect(again.questions.map(({ itemId }) => itemId)).toEqual([newer!]);
    });

    test("next() never gives one question to two of 40 labellers who ask at the same time", async () => {
      const store = await open();
      await fill(store, 100);
      const asked = await Promise.all(
        Array.from({ length: 40 }, (_, n) => store.queue.next(nextFor(`labeller ${n}`, { n: 3 }))),
      );
      const items = asked.flatMap(({ questions }) => questions.map(({ itemId }) => itemId));
      expect(items).toHaveLength(100);
      expect(new Set(items).size).toBe(100);
      expect((await store.queue.counts()).leased).toBe(100);
    });

    test("answer() makes the drawing a sample with its id, and removes it from the queue", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      const [outcome] = await store.queue.add([drawingOf({ writer: "aki" })]);
      const { questions } = await store.queue.next(nextFor("ada"));
      clock.timeMs += 1_000;
      const { decision, isNew } = await store.queue.answer(
        questions[0]!.id,
        { kind: "label", label: "4" },
        by("ada"),
      );
      expect(isNew).toBe(true);
      expect(decision.itemId).toBe((outcome as { id: string }).id);
      const sample = await store.samples.get(decision.itemId);
      expect(sample).toMatchObject({ label: "4", state: "labelled", writer: "aki", predicted: null });
      expect(sample!.arrival > sample!.id).toBe(true);
      expect(await store.queue.counts()).toEqual({ unlabelled: 0, leased: 0, scoredBy: [] });
    });

    test("answer() repeated with the same content returns the first decision, and refuses other content", async () => {
      const store = await open();
      await fill(store, 1);
      const { questions } = await store.queue.next(nextFor("ada"));
      const id = questions[0]!.id;
      const first = await store.queue.answer(id, { kind: "none" }, by("ada"));
      const second = await store.queue.answer(id, { kind: "none" }, by("ada"));
      expect(second).toEqual({ decision: first.decision, isNew: false });
      const other = await rejectionOf(store.queue.answer(id, { kind: "discard" }, by("ada")));
      expect(other).toBeInstanceOf(ConflictError);
      expect(other.message).toContain(`Undo decision ${first.decision.id}`);
      const bob = await rejectionOf(store.queue.answer(id, { kind: "none" }, by("bob")));
      expect(bob.message).toContain("answered by someone else");
      expect((await store.samples.stats()).negatives).toBe(1);
    });

    test("answer() after the lease is accepted unless someone else has the question", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      await fill(store, 2);
      const { questions } = await store.queue.next(nextFor("ada", { n: 2 }));
      clock.timeMs += LEASE_MS;
      await store.queue.answer(questions[1]!.id, { kind: "label", label: "1" }, by("ada"));
      const bob = await store.queue.next(nextFor("bob"));
      expect(bob.questions.map(({ id }) => id)).toEqual([questions[0]!.id]);
      const late = await rejectionOf(
        store.queue.answer(questions[0]!.id, { kind: "label", label: "2" }, by("ada")),
      );
      expect(late).toBeInstanceOf(ConflictError);
      expect(late.message).toContain("belongs to someone else now");
      await store.queue.answer(questions[0]!.id, { kind: "label", label: "3" }, by("bob"));
      expect((await store.samples.get(bob.questions[0]!.itemId))!.label).toBe("3");
    });

    test("a label that is stored elsewhere takes the drawing out of the queue", async () => {
      const store = await open();
      const sample = newSample();
      await store.queue.add([drawingOf({ drawing: sample.drawing, pixels: sample.pixels })]);
      const { questions } = await store.queue.next(nextFor("ada"));
      await store.samples.insert(sample);
      expect((await store.queue.counts()).unlabelled).toBe(0);
      const late = await rejectionOf(store.queue.answer(questions[0]!.id, { kind: "none" }, by("ada")));
      expect(late.message).toContain("labelled elsewhere");
    });

    test("skip() puts a drawing after everything else, for that labeller only", async () => {
      const store = await open();
      const [oldest, middle, newest] = await fill(store, 3);
      const skipped = async (labeller: string) => {
        const { questions } = await store.queue.next(nextFor(labeller));
        await store.queue.skip(questions[0]!.id, labeller);
        return questions[0]!.itemId;
      };
      expect([await skipped("ada"), await skipped("ada"), await skipped("ada")]).toEqual([
        newest!,
        middle!,
        oldest!,
      ]);
      expect([await skipped("ada"), await skipped("ada")]).toEqual([newest!, middle!]);
      expect(await skipped("bob")).toBe(newest!);
    });

    test("next() renews no question that was released or skipped, though a page still holds it", async () => {
      const store = await open();
      await fill(store, 3);
      const { questions } = await store.queue.next({ ...nextFor("ada"), n: 2 });
      const [skipped, released] = questions.map(({ id }) => id) as [string, string];
      await store.queue.skip(skipped, "ada");
      await store.queue.release("ada", [released]);
      const late = { ...nextFor("ada"), n: 0, holding: [skipped, released] };
      expect((await store.queue.next(late)).left).toEqual({ unlabelled: 3, leased: 0 });
    });

    test("undo() deletes the sample, and puts the drawing and its question back", async () => {
      const store = await open();
      await fill(store, 1);
      const { questions } = await store.queue.next(nextFor("ada"));
      const { decision } = await store.queue.answer(
        questions[0]!.id,
        { kind: "label", label: "4" },
        by("ada"),
      );
      const question = await store.queue.undo(decision.id, by("ada"), LEASE_MS);
      expect(question.itemId).toBe(decision.itemId);
      expect(question.drawing).toEqual(questions[0]!.drawing);
      expect(await store.samples.get(decision.itemId)).toBeNull();
      expect(await store.queue.counts()).toEqual({ unlabelled: 1, leased: 1, scoredBy: [] });
      // A response that was lost is requested again.
      expect(await store.queue.undo(decision.id, by("ada"), LEASE_MS)).toEqual(question);
      const stale = await rejectionOf(
        store.queue.answer(questions[0]!.id, { kind: "label", label: "4" }, by("ada")),
      );
      expect(stale.message).toContain("was undone");
      const relabelled = await store.queue.answer(question.id, { kind: "label", label: "9" }, by("ada"));
      expect((await store.samples.get(relabelled.decision.itemId))!.label).toBe("9");
      const late = await rejectionOf(store.queue.undo(decision.id, by("ada"), LEASE_MS));
      expect(late.message).toContain("undone already");
    });

    test("undo() brings a discarded drawing back, which nobody gets otherwise", async () => {
      const store = await open();
      const drawing = drawingOf();
      const [added] = await store.queue.add([drawing]);
      const { questions } = await store.queue.next(nextFor("ada"));
      const { decision } = await store.queue.answer(questions[0]!.id, { kind: "discard" }, by("ada"));
      expect((await store.queue.next(nextFor("bob"))).questions).toEqual([]);
      expect(await store.queue.add([drawing])).toEqual([
        { result: "discarded", id: (added as { id: string }).id },
      ]);
      await store.queue.undo(decision.id, by("ada"), LEASE_MS);
      expect((await store.queue.counts()).unlabelled).toBe(1);
    });

    test("undo() is refused for someone else, for a changed sample, and for no decision", async () => {
      const store = await open();
      await fill(store, 1);
      const { questions } = await store.queue.next(nextFor("ada"));
      const { decision } = await store.queue.answer(
        questions[0]!.id,
        { kind: "label", label: "4" },
        by("ada"),
      );
      const theirs = await rejectionOf(store.queue.undo(decision.id, by("bob"), LEASE_MS));
      expect(theirs).toBeInstanceOf(ConflictError);
      await store.samples.update(decision.itemId, { label: "5" }, LOCAL);
      const changed = await rejectionOf(store.queue.undo(decision.id, by("ada"), LEASE_MS));
      expect(changed.message).toContain('has changed since, its label is "5"');
      expect((await store.samples.get(decision.itemId))!.label).toBe("5");
      expect(await rejectionOf(store.queue.undo("none", by("ada"), LEASE_MS))).toBeInstanceOf(NotFoundError);
    });

    test("release() gives the questions to others at once", async () => {
      const store = await open();
      await fill(store, 1);
      const { questions } = await store.queue.next(nextFor("ada"));
      await store.queue.release("bob", [questions[0]!.id]);
      expect((await store.queue.next(nextFor("bob"))).questions).toEqual([]);
      await store.queue.release("ada", [questions[0]!.id]);
      expect((await store.queue.next(nextFor("bob"))).questions).toHaveLength(1);
    });

    test.skipIf(openAt === undefined)(
      "an acknowledged answer is there after the store was closed",
      async () => {
        const place = `queue-${name.replaceAll(" ", "-")}`;
        const store = await openAt!(place);
        await fill(store, 2);
        const { questions } = await store.queue.next(nextFor("ada"));
        const { decision } = await store.queue.answer(
          questions[0]!.id,
          { kind: "label", label: "4" },
          by("ada"),
        );
        await store.close();
        const again = await openAt!(place);
        expect((await again.samples.get(decision.itemId))!.label).toBe("4");
        expect((await again.queue.counts()).unlabelled).toBe(1);
        await again.close();
      },
    );
  });
}
