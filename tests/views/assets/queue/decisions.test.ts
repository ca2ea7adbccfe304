import { expect, test } from "bun:test";
import { Decisions } from "../../../../views/assets/queue/decisions.ts";
import { MemoryStorage } from "../../../support/memory-storage.ts";
import { question } from "./fakes.ts";

function decide(decisions: Decisions, n: number, atMs: (i: number) => number, labeller = "ann"): void {
  for (let i = 0; i < n; i++) {
    const id = `${labeller}${i}`;
    const given = { questionId: `q${i}`, question: question(`q${i}`), answer: { label: "7" } };
    decisions.add({ id, ...given, labeller, atMs: atMs(i) });
    decisions.stored(id, `d${i}`);
  }
}

test("the rate is that of the last ten answers, and unknown before there are as many", () => {
  const decisions = new Decisions(null);
  decide(decisions, 9, (i) => i * 1_000);
  expect(decisions.tally("ann").perMinute).toBeNull();
  const more = new Decisions(null);
  // Ten seconds each at first, then one.
  decide(more, 20, (i) => (i < 10 ? i * 10_000 : 100_000 + (i - 10) * 1_000));
  expect(more.tally("ann").perMinute).toBe(60);
});

test("the list is read again after a reload, in its order, with the number of undos", () => {
  const storage = new MemoryStorage();
  const decisions = new Decisions(storage);
  decide(decisions, 3, (i) => i);
  decisions.undone("ann2");
  const again = new Decisions(storage);
  expect(again.newest("ann")).toMatchObject({ id: "ann1", decisionId: "d1" });
  expect(again.tally("ann")).toEqual({ labelled: 2, discarded: 0, undone: 1, perMinute: null });
});

test("old decisions can be undone without their drawings, which would fill the browser's storage", () => {
  const decisions = new Decisions(new MemoryStorage());
  decide(decisions, 250, (i) => i);
  expect(decisions.get("ann249")?.question?.id).toBe("q249");
  expect(decisions.get("ann0")).toMatchObject({ question: null, decisionId: "d0", questionId: "q0" });
});

test("the newest decision is that of the labeller", () => {
  const decisions = new Decisions(null);
  decide(decisions, 2, (i) => i);
  decide(decisions, 1, (i) => i, "bob");
  expect([decisions.newest("ann")?.id, decisions.newest("bob")?.id, decisions.newest("eve")]).toEqual([
    ...["ann1", "bob0", null],
  ]);
});
