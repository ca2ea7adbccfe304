import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import { LEAST_KNOWN } from "../../../src/domain/queue/check-choice.ts";
import type { Decision, NextQuestions, Question, QueueAnswer } from "../../../src/domain/queue/question.ts";
import type { NewSample } from "../../../src/domain/sample.ts";
import type { Store } from "../../../src/domain/store.ts";
import { FakeClock, newSample } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const LEASE_MS = 120_000;
/** Draws that are always, and never, of the kind that has a share of one half. */
const CHECK = 0.25;

const label = (name: string): QueueAnswer => ({ kind: "label", label: name });

/** A store and what its labellers do. */
class Labelling {
  readonly clock = new FakeClock();
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  async pool(n: number): Promise<void> {
    await this.store.queue.add(
      Array.from({ length: n }, () => {
        const { drawing, pixels, preprocessing } = newSample();
        return {
          drawing,
          pixels,
          preprocessing,
          writer: null,
          session: null,
          source: "import",
          actor: LOCAL,
        };
      }),
    );
  }

  async sample(change: Partial<NewSample> = {}): Promise<string> {
    return (await this.store.samples.insert(newSample(change))).sample.id;
  }

  ask(labeller: string, kind: "second" | "known", change: Partial<NextQuestions> = {}) {
    const shares = { second: kind === "second" ? 0.5 : 0, known: kind === "known" ? 0.5 : 0 };
    return this.store.queue.next({
      ...{ labeller, order: "newest", n: 1, holding: [], live: null, compared: null, leaseMs: LEASE_MS },
      ...{ shares, draws: [CHECK] },
      ...change,
    });
  }

  /** The check that is put to a labeller; null when it is a drawing without a label. */
  async check(labeller: string, kind: "second" | "known", draw = CHECK): Promise<Question | null> {
    const { questions } = await this.ask(labeller, kind, { draws: [draw] });
    const [question] = questions;
    if (question?.kind === kind) return question;
    await this.store.queue.release(
      labeller,
      questions.map(({ id }) => id),
    );
    return null;
  }

  async answer(labeller: string, question: Question, answer: QueueAnswer): Promise<Decision> {
    const by = { labeller, actor: LOCAL };
    return (await this.store.queue.answer(question.id, answer, by)).decision;
  }

  /** Gives a second opinion on the one sample that there is. */
  async opinion(labeller: string, answer: QueueAnswer): Promise<Decision> {
    const question = await this.check(labeller, "second");
    if (question === null) throw new Error(`${labeller} gets no second opinion`);
    return this.answer(labeller, question, answer);
  }

  async review(id: string) {
    return (await this.store.samples.get(id))?.review;
  }
}

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    async function labelling(): Promise<Labelling> {
      const store = await open();
      const test = new Labelling(store);
      await test.pool(2);
      return test;
    }

    test("a second opinion is about a sample that someone else has labelled, and never twice", async () => {
      const test = await labelling();
      const id = await test.sample({ writer: "ann" });
      expect(await test.check("ann", "second")).toBeNull();
      const question = await test.check("bob", "second");
      expect(question).toMatchObject({ kind: "second", itemId: id });
      await test.answer("bob", question!, label("7"));
      expect(await test.check("bob", "second")).toBeNull();
    });

    test("a second opinion is not asked of who has labelled the drawing in the queue", async () => {
      const test = await labelling();
      const { questions } = await test.ask("ann", "second", { shares: { second: 0, known: 0 } });
      const { itemId } = await test.answer("ann", questions[0]!, label("3"));
      expect(await test.check("ann", "second")).toBeNull();
      expect(await test.check("bob", "second")).toMatchObject({ itemId });
    });

    test("a sample gets two second opinions, those that others hold included", async () => {
      const test = await labelling();
      await test.sample();
      await test.opinion("ann", label("7"));
      expect(await test.check("bob", "second")).not.toBeNull();
      expect(await test.check("eve", "second")).toBeNull();
    });

    test("no second opinion is asked about samples that are pinned, in review, withdrawn or of no class", async () => {
      const test = await labelling();
      const [pinned, suspect, withdrawn] = [await test.sample(), await test.sample(), await test.sample()];
      await test.sample({ label: null });
      await test.store.samples.pin(pinned, true);
      await test.store.samples.putMarks("r1", [
        { id: suspect, label: "7", state: "suspect", reading: "1", p: 0.01 },
      ]);
      await test.store.samples.update(withdrawn, { state: "rejected" }, LOCAL);
      for (const draw of [0.1, 0.2, 0.3, 0.4]) expect(await test.check("bob", "second", draw)).toBeNull();
    });

    test("the same labeller and draw choose the same sample in every store, another draw another one", async () => {
      const samples = Array.from({ length: 40 }, () => newSample());
      const chosen = async (draw: number) => {
        const test = await labelling();
        for (const sample of samples) await test.store.samples.insert(sample);
        const { drawing } = (await test.check("bob", "second", draw))!;
        return JSON.stringify(drawing);
      };
      expect(await chosen(0.125)).toBe(await chosen(0.125));
      const draws = await Promise.all([0.01, 0.1, 0.2, 0.3, 0.4].map(chosen));
      expect(new Set(draws).size).toBeGreaterThan(1);
    });

    test("there are no checks while there are no drawings without a label", async () => {
      const test = new Labelling(await open());
      await test.sample();
      expect((await test.ask("bob", "second")).questions).toEqual([]);
    });

    test("an opinion that agrees is counted, and changes nothing", async () => {
      const test = await labelling();
      const id = await test.sample();
      const before = await test.store.samples.get(id);
      await test.opinion("bob", label("7"));
      expect(await test.store.samples.get(id)).toEqual(before);
      expect(await test.store.opinions.ofSample(id)).toMatchObject([
        { kind: "second", labeller: "bob", answer: label("7"), expected: "7" },
      ]);
    });

    test.each([label("1"), { kind: "none" }, { kind: "discard" }] as QueueAnswer[])(
      "an opinion that contradicts puts the label in review before all others, and undoing it takes it out: %o",
      async (answer) => {
        const test = await labelling();
        const id = await test.sample();
        await test.store.samples.putMarks("r1", [{ id, label: "7", state: "passed", reading: "7", p: 0.9 }]);
        const before = await test.store.samples.get(id);
        const { id: decision } = await test.opinion("bob", answer);
        const suspect = await test.sample();
        await test.store.samples.putMarks("r1", [
          { id: suspect, label: "7", state: "suspect", reading: "1", p: 0.0001 },
        ]);
        expect(await test.review(id)).toEqual({
          ...{ state: "suspect", by: "opinion", leftBy: null, runId: null, reading: null, p: null },
        });
        const first = await test.store.samples.inReview({ state: "suspect", limit: 1 });
        expect(first.samples.map((sample) => sample.id)).toEqual([id]);
        const next = await test.store.samples.inReview({ state: "suspect", cursor: first.nextCursor! });
        expect(next.samples.map((sample) => sample.id)).toEqual([suspect]);
        await test.store.queue.undo(decision, { labeller: "bob", actor: LOCAL }, LEASE_MS);
        expect(await test.store.samples.get(id)).toEqual(before);
        expect(await test.store.opinions.ofSample(id)).toEqual([]);
      },
    );

    test("a decision about a contradicted label holds when the opinion is undone, and can itself be undone", async () => {
      const test = await labelling();
      const id = await test.sample();
      const { id: decision } = await test.opinion("bob", label("1"));
      await test.store.samples.update(id, { label: "1" }, LOCAL);
      await test.store.samples.confirm({ id });
      const again = await test.store.samples.reviewAgain(id, { label: "7", state: "suspect" }, LOCAL);
      expect(again).toMatchObject({ label: "7", review: { state: "suspect", by: "opinion" } });
      await test.store.samples.confirm({ id });
      await test.store.queue.undo(decision, { labeller: "bob", actor: LOCAL }, LEASE_MS);
      expect(await test.review(id)).toMatchObject({ state: "confirmed", by: null });
    });

    test("an opinion that is undone and given again decides about the review; agreement keeps the first answer", async () => {
      const test = await labelling();
      const id = await test.sample({ writer: "ann", label: "7" });
      const again = async (decision: Decision, answer: QueueAnswer) => {
        const by = { labeller: "bob", actor: LOCAL };
        const question = await test.store.queue.undo(decision.id, by, LEASE_MS);
        return test.answer("bob", question, answer);
      };
      const wrong = await test.opinion("bob", label("1"));
      const right = await again(wrong, label("7"));
      expect((await test.review(id))?.state).not.toBe("suspect");
      expect(await test.store.opinions.ofSample(id)).toMatchObject([{ answer: label("7") }]);
      await again(right, label("4"));
      expect((await test.review(id))?.state).toBe("suspect");
      expect(await test.store.opinions.ofSample(id)).toMatchObject([{ answer: label("4") }]);
      const { opinions, firstPairs } = await test.store.opinions.agreement();
      expect({ opinions, firstPairs }).toEqual({
        opinions: 1,
        firstPairs: [{ first: "label:7", second: "label:1", n: 1 }],
      });
    });

    test("the first answer to a known answer counts for its labeller, also when it is undone and corrected", async () => {
      const test = await labelling();
      for (let n = 0; n < LEAST_KNOWN; n++) {
        const id = await test.sample({ writer: "ann", label: "7" });
        await test.store.samples.confirm({ id });
      }
      const by = { labeller: "bob", actor: LOCAL };
      const scoreOf = async () => {
        const { labellers } = await test.store.opinions.labellers(10);
        return labellers.map(({ known, right }) => [known, right]);
      };
      const first = await test.answer("bob", (await test.check("bob", "known"))!, label("1"));
      const question = await test.store.queue.undo(first.id, by, LEASE_MS);
      const second = await test.answer("bob", question, label("7"));
      expect(await scoreOf()).toEqual([[1, 0]]);
      const third = await test.store.queue.undo(second.id, by, LEASE_MS);
      await test.answer("bob", third, label("7"));
      expect(await scoreOf()).toEqual([[1, 0]]);
      await test.answer("bob", (await test.check("bob", "known"))!, label("7"));
      expect(await scoreOf()).toEqual([[2, 1]]);
    });

    test("a label that two opinions contradict stays in review until both are undone", async () => {
      const test = await labelling();
      const id = await test.sample();
      const asked = [await test.check("bob", "second"), await test.check("eve", "second")];
      const bob = await test.answer("bob", asked[0]!, label("1"));
      const eve = await test.answer("eve", asked[1]!, label("2"));
      await test.store.queue.undo(bob.id, { labeller: "bob", actor: LOCAL }, LEASE_MS);
      expect(await test.review(id)).toMatchObject({ state: "suspect", by: "opinion" });
      await test.store.queue.undo(eve.id, { labeller: "eve", actor: LOCAL }, LEASE_MS);
      expect(await test.review(id)).toMatchObject({ state: null, by: null });
    });

    test("an opinion about a label that was pinned or put in review in the meantime leaves its review", async () => {
      const test = await labelling();
      const id = await test.sample();
      const asked = [await test.check("bob", "second"), await test.check("eve", "second")];
      await test.store.samples.putMarks("r1", [{ id, label: "7", state: "suspect", reading: "1", p: 0.01 }]);
      await test.answer("bob", asked[0]!, label("1"));
      expect(await test.review(id)).toMatchObject({ state: "suspect", by: "model", runId: "r1" });
      await test.store.samples.pin(id, true);
      const { id: decision } = await test.answer("eve", asked[1]!, label("1"));
      expect(await test.review(id)).toMatchObject({ state: "pinned", by: null });
      await test.store.queue.undo(decision, { labeller: "eve", actor: LOCAL }, LEASE_MS);
      expect(await test.review(id)).toMatchObject({ state: "pinned" });
      expect(await test.store.opinions.ofSample(id)).toHaveLength(1);
    });

    test("an opinion is compared with the label that the sample has when it is given", async () => {
      const test = await labelling();
      const id = await test.sample();
      const question = await test.check("bob", "second");
      await test.store.samples.update(id, { label: "1" }, LOCAL);
      await test.answer("bob", question!, label("1"));
      expect((await test.store.opinions.ofSample(id))[0]).toMatchObject({ expected: "1" });
      expect(await test.review(id)).toMatchObject({ state: null });
    });

    test("nothing is recorded about a sample that was withdrawn in the meantime", async () => {
      const test = await labelling();
      const id = await test.sample();
      const question = await test.check("bob", "second");
      await test.store.samples.update(id, { state: "rejected" }, LOCAL);
      await test.answer("bob", question!, label("1"));
      expect(await test.store.opinions.ofSample(id)).toEqual([]);
      expect(await test.review(id)).toMatchObject({ state: null });
    });

    test("deleting a sample deletes the opinions about it", async () => {
      const test = await labelling();
      const id = await test.sample();
      await test.opinion("bob", label("1"));
      await test.store.samples.delete(id, LOCAL);
      expect(await test.store.opinions.ofSample(id)).toEqual([]);
      expect((await test.store.opinions.agreement()).opinions).toBe(0);
    });

    test("known answers are asked from 20 on, of confirmed and pinned samples, never of the labeller's own", async () => {
      const test = await labelling();
      const ids: string[] = [];
      for (let i = 0; i < LEAST_KNOWN; i++) {
        if (i === LEAST_KNOWN - 1) expect(await test.check("bob", "known")).toBeNull();
        ids.push(await test.sample({ writer: i === 0 ? "eve" : "ann" }));
        if (i % 2 === 0) await test.store.samples.confirm({ id: ids[i]! });
        else await test.store.samples.pin(ids[i]!, true);
      }
      expect((await test.store.opinions.agreement()).knownPool).toBe(LEAST_KNOWN);
      const question = await test.check("bob", "known");
      expect(ids).toContain(question!.itemId);
      // All but one are Ann's, and Ann gets only that one.
      for (const draw of [0.05, 0.3, 0.45]) {
        const own = await test.check("ann", "known", draw);
        if (own !== null) expect(own.itemId).toBe(ids[0]!);
      }
    });

    test("a known answer is asked again only after all others, and counts for its labeller", async () => {
      const test = await labelling();
      const ids = new Set<string>();
      for (let i = 0; i < LEAST_KNOWN; i++) {
        const id = await test.sample();
        ids.add(id);
        await test.store.samples.confirm({ id });
      }
      const seen: string[] = [];
      for (let i = 0; i < LEAST_KNOWN; i++) {
        const question = (await test.check("bob", "known", (i + 1) / 50))!;
        const decision = await test.answer("bob", question, label(i < 18 ? "7" : "1"));
        expect(decision.expected).toEqual(label("7"));
        seen.push(question.itemId);
      }
      expect(new Set(seen)).toEqual(ids);
      expect((await test.check("bob", "known"))!.itemId).toBe(seen[0]!);
      const { labellers, total } = await test.store.opinions.labellers(10);
      expect(total).toBe(1);
      expect(labellers[0]).toMatchObject({ labeller: "bob", answers: 20, known: 20, right: 18, shared: 0 });
      const { contested, opinions } = await test.store.opinions.agreement();
      expect(opinions).toBe(0);
      expect(contested).toHaveLength(2);
      expect(contested[0]).toMatchObject({ label: "7", asked: 1, otherwise: 1 });
      for (const id of ids) expect(await test.review(id)).toMatchObject({ state: "confirmed" });
    });

    test("a sample whose label two opinions repeat has a known answer, until one contradicts it", async () => {
      const test = await labelling();
      const id = await test.sample();
      await test.opinion("ann", label("7"));
      await test.opinion("bob", label("7"));
      expect((await test.store.opinions.agreement()).knownPool).toBe(1);
      await test.store.samples.update(id, { label: "1" }, LOCAL);
      expect((await test.store.opinions.agreement()).knownPool).toBe(0);
    });

    test("agreement() pairs the label with the first opinion, and each two labellers on what both have answered", async () => {
      const test = await labelling();
      await test.sample({ writer: "ann", label: "7" });
      await test.opinion("bob", label("1"));
      const { firstPairs, byLabellers, opinions, drawings } = await test.store.opinions.agreement();
      expect([opinions, drawings]).toEqual([1, 1]);
      expect(firstPairs).toEqual([{ first: "label:7", second: "label:1", n: 1 }]);
      expect(byLabellers).toEqual([
        { labellers: ["ann", "bob"], pairs: [{ first: "label:7", second: "label:1", n: 1 }] },
      ]);
      const { labellers } = await test.store.opinions.labellers(10);
      expect(labellers).toMatchObject([{ labeller: "bob", shared: 1, equal: 0 }]);
    });

    test("agreement() knows no first labeller of an imported sample, or of one whose label was changed", async () => {
      const test = await labelling();
      await test.sample({ writer: "ann", source: "import" });
      await test.opinion("bob", label("7"));
      const changed = await test.sample({ writer: "ann" });
      await test.store.samples.update(changed, { label: "3" }, LOCAL);
      await test.opinion("bob", label("3"));
      const { byLabellers, firstPairs } = await test.store.opinions.agreement();
      expect(byLabellers).toEqual([]);
      expect(firstPairs).toHaveLength(2);
    });

    test("forgetting a person removes their opinions with what these have done, and their name", async () => {
      const test = await labelling();
      const [bobs, id] = [await test.sample({ writer: "bob" }), await test.sample({ writer: "ann" })];
      await test.opinion("bob", label("1"));
      expect(await test.review(id)).toMatchObject({ state: "suspect" });
      await test.opinion("eve", label("7"));
      await test.store.forgetting.forget({ writer: "bob" }, LOCAL, new Uint8Array(32));
      expect(await test.store.samples.get(bobs)).toBeNull();
      expect(await test.store.opinions.ofSample(id)).toEqual([]);
      expect(await test.review(id)).toMatchObject({ state: null, by: null });
      expect(JSON.stringify(await test.store.opinions.agreement())).not.toContain("bob");
      const { labellers } = await test.store.opinions.labellers(10);
      expect(labellers.map(({ labeller }) => labeller)).not.toContain("bob");
    });
  });
}
