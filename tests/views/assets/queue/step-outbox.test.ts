import { expect, test } from "bun:test";
import { StepOutbox } from "../../../../views/assets/queue/step-outbox.ts";
import type { Reader } from "../../../../views/assets/reader.ts";
import { MemoryStorage } from "../../../support/memory-storage.ts";
import { FakeQueue, settled, Timers } from "./fakes.ts";

function setUp(api = new FakeQueue(5), storage: MemoryStorage | null = new MemoryStorage()) {
  const heard: string[] = [];
  const timers = new Timers();
  let ids = 0;
  const open = (reader: Reader = null) =>
    new StepOutbox({
      ...{ storage, reader, api, later: timers.later, random: () => 0.5 },
      newId: () => {
        ids += 1;
        return `id${ids}`;
      },
      events: {
        stored: ({ id }, decisionId) => heard.push(`stored ${id} as ${decisionId}`),
        refused: ({ id }, { why }) => heard.push(`refused ${id}, ${why}`),
        undone: ({ of }, { id }) => heard.push(`undone ${of}: ${id}`),
        notUndone: ({ of }, refusal) => heard.push(`not undone ${of}: ${refusal?.reason ?? "never stored"}`),
        changed: (_, why) => why !== null && heard.push(`${why.kind}: ${why.reason}`),
        reached: () => {},
      },
    });
  return { api, storage, heard, timers, open, outbox: open() };
}

test("answers are sent one at a time, in the order in which they were given", async () => {
  const { outbox, api, heard } = setUp();
  outbox.answer("a", "ann", "q1", { label: "7" });
  outbox.skip("ann", "q2");
  outbox.answer("b", "ann", "q3", { none: true });
  expect([api.calls.length, outbox.waiting]).toEqual([1, 3]);
  await settled();
  expect(api.calls).toEqual(["answer q1 7", "skip q2", "answer q3 none"]);
  expect(heard).toEqual(["stored a as d1", "stored b as d2"]);
  expect(outbox.waiting).toBe(0);
});

test("what could not be sent waits, is sent again with growing delays, and keeps its order", async () => {
  const { outbox, api, timers, heard } = setUp();
  api.isDown = true;
  outbox.answer("a", "ann", "q1", { label: "7" });
  outbox.answer("b", "ann", "q2", { label: "8" });
  await settled();
  expect(timers.delays).toEqual([1_000]);
  await timers.run();
  expect(timers.delays).toEqual([2_000]);
  expect(outbox.questions).toEqual(["q1", "q2"]);
  api.isDown = false;
  outbox.flush();
  await settled();
  expect(timers.delays).toEqual([]);
  expect(heard).toEqual(["stored a as d1", "stored b as d2"]);
});

test("an answer whose response was lost is stored once, and keeps its decision", async () => {
  const { outbox, api, heard } = setUp();
  api.isMute = true;
  outbox.answer("a", "ann", "q1", { label: "7" });
  await settled();
  api.isMute = false;
  outbox.flush();
  await settled();
  expect(heard).toEqual(["stored a as d1"]);
  expect(api.stored).toEqual({ q1: "7" });
});

test("a page that is opened again sends what the one before has left, in its order", async () => {
  const { outbox, api, storage, open, heard } = setUp();
  api.isDown = true;
  for (const [id, n] of [
    ["b", 1],
    ["a", 2],
    ["c", 3],
  ] as const) {
    outbox.answer(id, "ann", `q${n}`, { label: String(n) });
  }
  await settled();
  expect(storage!.items.size).toBe(3);
  api.isDown = false;
  const next = open();
  expect(next.waiting).toBe(3);
  next.flush();
  await settled();
  expect(heard).toEqual(["stored b as d1", "stored a as d2", "stored c as d3"]);
  expect(storage!.items.size).toBe(0);
});

test("the undo of an answer that was never sent removes it", async () => {
  const { outbox, api } = setUp();
  api.isDown = true;
  outbox.answer("a", "ann", "q1", { label: "7" });
  outbox.answer("b", "ann", "q2", { label: "8" });
  await settled();
  expect(outbox.undo("b", "ann", "q2", null)).toBe("removed");
  api.isDown = false;
  outbox.flush();
  await settled();
  expect(api.stored).toEqual({ q1: "7" });
});

test("the undo of an answer that may have been sent follows it, with the decision that the server made of it", async () => {
  const { outbox, api, heard, open } = setUp();
  api.isMute = true;
  outbox.answer("a", "ann", "q1", { label: "7" });
  await settled();
  expect(outbox.undo("a", "ann", "q1", null)).toBe("undoing");
  outbox.answer("b", "ann", "q1", { label: "1" });
  expect(outbox.leaving).toBe(1);
  api.isMute = false;
  const next = open();
  next.flush();
  await settled();
  expect(heard).toEqual(["stored a as d1", "undone a: q1", "stored b as d2"]);
  expect(api.stored).toEqual({ q1: "1" });
});

test("answers that follow an undo are about the question that it has brought back", async () => {
  const { outbox, api, heard } = setUp();
  api.renames = true;
  outbox.answer("a", "ann", "q1", { label: "7" });
  await settled();
  outbox.undo("a", "ann", "q1", "d1");
  outbox.answer("b", "ann", "q1", { label: "1" });
  await settled();
  expect(heard.slice(1)).toEqual(["undone a: q1'", "stored b as d2"]);
  expect(api.stored).toEqual({ "q1'": "1" });
});

test("an answer that someone else was faster with is refused, its undo with it, and the next ones are sent", async () => {
  const { outbox, api, heard } = setUp();
  api.item("q1").lease = "bob";
  outbox.answer("a", "ann", "q1", { label: "7" });
  outbox.undo("a", "ann", "q1", null);
  outbox.answer("b", "ann", "q2", { label: "8" });
  await settled();
  expect(heard).toEqual(["refused a, taken", "stored b as d1"]);
  expect(api.stored).toEqual({ q2: "8" });
});

test("nothing is known of an answer that is neither here nor on the server", () => {
  expect(setUp().outbox.undo("x", "ann", "q1", null)).toBe("unknown");
});

test("a step that the browser's storage refuses is sent, and counted until then", async () => {
  const storage = new MemoryStorage();
  const { outbox, api } = setUp(new FakeQueue(5), storage);
  storage.isFull = true;
  outbox.answer("a", "ann", "q1", { label: "7" });
  expect(outbox.unsaved).toBe(1);
  await settled();
  expect([outbox.unsaved, api.stored]).toEqual([0, { q1: "7" }]);
});

test("a step that another tab has sent is not sent again", async () => {
  const { outbox, api, storage, open } = setUp();
  api.isDown = true;
  outbox.answer("a", "ann", "q1", { label: "7" });
  await settled();
  const other = open();
  storage!.items.clear();
  api.isDown = false;
  api.calls.length = 0;
  other.flush();
  await settled();
  expect([api.calls, other.waiting]).toEqual([[], 0]);
});

test.each([
  ["loggedOut", undefined, 1_000],
  ["tooMany", 12_000, 13_500],
] as const)(
  "an answer that is not taken (%s) is kept, waits for %p ms, and is stored when it is sent again",
  async (kind, afterMs, delayMs) => {
    const { outbox, api, timers, heard, storage } = setUp();
    const taking = api.answer.bind(api);
    api.answer = async () => ({
      kind: "retry",
      why: { kind, reason: "not now" },
      ...(afterMs === undefined ? {} : { afterMs }),
    });
    outbox.answer("a", "ann", "q1", { label: "7" });
    await settled();
    expect([timers.delays, outbox.waiting, storage?.length]).toEqual([[delayMs], 1, 1]);
    expect(heard).toEqual([`${kind}: not now`]);
    api.answer = taking;
    await timers.run();
    expect([heard.at(-1), outbox.waiting, storage?.length]).toEqual(["stored a as d1", 0, 0]);
  },
);

test("steps are sent from a page of the reader who made them, in their order; those of others and of older pages wait", async () => {
  const [anna, ben] = [
    { kind: "account", name: "Anna" },
    { kind: "guest", name: "Ben" },
  ];
  const { open, api, storage, heard } = setUp();
  api.isDown = true;
  const first = open(anna);
  first.answer("a", "anna", "q1", { label: "7" });
  first.answer("b", "anna", "q2", { label: "8" });
  await settled();
  const old = { kind: "answer", id: "c", n: 1, labeller: "x", questionId: "q3", answer: { label: "1" } };
  storage!.setItem("tegaki.queue.c", JSON.stringify(old));
  const before = new Map(storage!.items);
  api.isDown = false;
  api.calls.length = 0;
  const other = open(ben);
  expect([other.waiting, other.questions, other.leaving]).toEqual([0, [], 0]);
  expect(other.ofOthers).toEqual([
    { by: anna, n: 2 },
    { by: null, n: 1 },
  ]);
  other.answer("d", "ben", "q4", { label: "4" });
  other.flush();
  await settled();
  expect(api.calls).toEqual(["answer q4 4"]);
  expect(new Map(storage!.items)).toEqual(before);
  for (const reader of [anna, null]) open(reader).flush();
  await settled();
  expect(heard.filter((one) => one.startsWith("stored")).map((one) => one.split(" ")[1])).toEqual([
    ...["d", "a", "c", "b"],
  ]);
  expect(storage!.length).toBe(0);
});

test("an answer that the role does not allow is kept for a minute, also when other requests reach the server", async () => {
  const { outbox, api, timers, heard, storage } = setUp();
  const taking = api.answer.bind(api);
  let asked = 0;
  api.answer = async () => {
    asked += 1;
    return { kind: "retry", afterMs: 60_000, why: { kind: "notAllowed", reason: "needs labeller" } };
  };
  outbox.answer("a", "ann", "q1", { label: "7" });
  await settled();
  outbox.reached();
  await settled();
  expect([asked, heard, storage!.length]).toEqual([1, ["notAllowed: needs labeller"], 1]);
  expect(timers.delays[0]).toBeGreaterThanOrEqual(60_000);
  api.answer = taking;
  await timers.run();
  expect([heard.at(-1), storage!.length]).toEqual(["stored a as d1", 0]);
});
