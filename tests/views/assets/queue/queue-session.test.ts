import { expect, test } from "bun:test";
import type { Answer } from "../../../../views/assets/queue/question.ts";
import { QueueSession } from "../../../../views/assets/queue/queue-session.ts";
import { MemoryStorage } from "../../../support/memory-storage.ts";
import { FakeQueue, settled, Timers } from "./fakes.ts";

interface World {
  api: FakeQueue;
  local?: MemoryStorage | null;
  session?: MemoryStorage | null;
  labeller?: string;
}

/** A page of a labeller; each has clocks and timers of its own. */
async function openPage({
  api,
  local = new MemoryStorage(),
  session = new MemoryStorage(),
  labeller = "ann",
}: World) {
  const heard: string[] = [];
  const timers = new Timers();
  const state = { nowMs: 1_000_000, labeller, order: "newest" };
  let ids = 0;
  const page = new QueueSession({
    ...{ api, local, session, reader: null, leaseMs: 120_000, later: timers.later, random: () => 0.5 },
    labeller: () => state.labeller,
    order: () => state.order,
    nowMs: () => state.nowMs,
    newId: () => {
      ids += 1;
      return `${labeller}-${local?.length ?? 0}-${session?.length ?? 0}-${ids}`;
    },
    events: {
      changed: () => {},
      checked: (answer, { right }) => heard.push(`check ${nameOf(answer)} ${right}`),
      refused: (answer, { why }) => heard.push(`refused ${nameOf(answer)}, ${why}`),
      notUndone: (refusal) => heard.push(`not undone: ${refusal?.reason ?? "nothing stored"}`),
    },
  });
  page.start();
  await settled();
  return { page, heard, timers, state };
}

function nameOf(answer: Answer): string {
  return "label" in answer ? answer.label : Object.keys(answer)[0]!;
}

test("a page holds the question on the screen and five behind it, and asks for one more with each answer", async () => {
  const api = new FakeQueue(20);
  const { page } = await openPage({ api });
  expect(page.questions.map(({ id }) => id)).toEqual(["q1", "q2", "q3", "q4", "q5", "q6"]);
  expect(page.left?.unlabelled).toBe(20);
  page.answer({ label: "7" });
  // The next one needs no request.
  expect([page.current?.id, page.left?.unlabelled]).toEqual(["q2", 19]);
  await settled();
  expect(page.questions.length).toBe(6);
  expect([page.left?.unlabelled, page.tally.labelled]).toEqual([19, 1]);
});

test("two labellers never have the same question", async () => {
  const api = new FakeQueue(10);
  const [ann, bob] = [await openPage({ api }), await openPage({ api, labeller: "bob" })];
  const both = [...ann.page.questions, ...bob.page.questions].map(({ id }) => id);
  expect(new Set(both).size).toBe(both.length);
  expect(both.length).toBe(10);
});

test("answers given without a connection are stored when it is back, none lost and none twice", async () => {
  const api = new FakeQueue(12);
  const { page } = await openPage({ api });
  api.isDown = true;
  for (const label of ["1", "2", "3"]) {
    page.answer({ label });
    await settled();
  }
  expect(page.waiting).toEqual({ n: 3, isTroubled: true, why: null, unsaved: 0 });
  expect([page.current?.id, page.left?.unlabelled, api.stored]).toEqual(["q4", 9, {}]);
  api.isDown = false;
  page.flush();
  await settled();
  expect(page.waiting).toEqual({ n: 0, isTroubled: false, why: null, unsaved: 0 });
  expect(api.stored).toEqual({ q1: "1", q2: "2", q3: "3" });
  expect(page.questions.length).toBe(6);
});

test("without a connection the page ends with what it has, says why, and continues when it is back", async () => {
  const api = new FakeQueue(12);
  const { page, timers } = await openPage({ api });
  api.isDown = true;
  for (let i = 0; i < 6; i++) {
    page.answer({ none: true });
    await settled();
  }
  expect([page.current, page.none.kind]).toEqual([null, "offline"]);
  api.isDown = false;
  await timers.run();
  expect([page.current?.id, page.waiting.n]).toEqual(["q7", 0]);
});

test("undo brings back the newest first, with what each had been called, and stores the next answers instead", async () => {
  const api = new FakeQueue(8);
  const { page } = await openPage({ api });
  for (const label of ["1", "2", "3"]) {
    page.answer({ label });
    await settled();
  }
  expect(page.undo()).toEqual({ answer: { label: "3" }, isBack: true });
  expect([page.current?.id, page.was("q3")]).toEqual(["q3", { label: "3" }]);
  expect(page.undo()?.answer).toEqual({ label: "2" });
  await settled();
  expect(api.stored).toEqual({ q1: "1" });
  expect(page.questions.slice(0, 3).map(({ id }) => id)).toEqual(["q2", "q3", "q4"]);
  page.answer({ label: "8" });
  page.answer({ discard: true });
  await settled();
  expect(api.stored).toEqual({ q1: "1", q2: "8", q3: "discard" });
  expect(page.tally).toMatchObject({ labelled: 2, discarded: 1, undone: 2 });
  expect(page.was("q2")).toBeNull();
});

test("an answer that was never sent is undone without the server, and shown again", async () => {
  const api = new FakeQueue(8);
  const { page } = await openPage({ api });
  api.isDown = true;
  page.answer({ label: "1" });
  page.answer({ label: "2" });
  await settled();
  page.undo();
  expect(page.current?.id).toBe("q2");
  expect(page.waiting.n).toBe(1);
  api.isDown = false;
  page.flush();
  await settled();
  expect(api.stored).toEqual({ q1: "1" });
  expect(api.calls.filter((call) => call.startsWith("undo"))).toEqual([]);
});

test("a reload keeps the answers that wait and the ones that can be undone", async () => {
  const world = { api: new FakeQueue(12), local: new MemoryStorage(), session: new MemoryStorage() };
  const { api } = world;
  const first = await openPage(world);
  first.page.answer({ label: "1" });
  await settled();
  api.isDown = true;
  first.page.answer({ label: "2" });
  await settled();
  first.page.release();
  expect(api.calls.at(-1)).toBe("release q3 q4 q5 q6 q7");
  api.isDown = false;
  const { page } = await openPage(world);
  expect(api.stored).toEqual({ q1: "1", q2: "2" });
  expect(page.tally.labelled).toBe(2);
  expect([page.undo()?.answer, page.undo()?.answer, page.undo()]).toEqual([
    { label: "2" },
    { label: "1" },
    null,
  ]);
  await settled();
  expect(api.stored).toEqual({});
  expect(page.questions.slice(0, 2).map(({ id }) => id)).toEqual(["q1", "q2"]);
});

test("an answer to a drawing that someone else has is named, counted out, and the page continues", async () => {
  const api = new FakeQueue(12);
  const { page, heard } = await openPage({ api });
  api.item("q1").lease = "bob";
  page.answer({ label: "1" });
  await settled();
  expect(heard).toEqual(["refused 1, taken"]);
  expect([page.current?.id, page.tally.labelled, page.refused, page.undo()]).toEqual(["q2", 0, 1, null]);
});

test("an undo that the server refuses is named, and its drawing leaves the screen", async () => {
  const api = new FakeQueue(12);
  const { page, heard } = await openPage({ api });
  page.answer({ label: "1" });
  await settled();
  api.item("q1").decision!.labeller = "bob";
  page.undo();
  expect(page.current?.id).toBe("q1");
  await settled();
  expect(heard).toEqual(["not undone: undone already"]);
  expect(page.current?.id).toBe("q2");
});

test("a page that slept past its leases takes new questions behind the one on the screen, and says nothing", async () => {
  const api = new FakeQueue(20);
  const { page, heard, state } = await openPage({ api });
  for (const id of ["q1", "q2", "q3"]) api.item(id).lease = "bob";
  state.nowMs += 119_000;
  page.renew();
  await settled();
  expect(page.questions.length).toBe(6);
  state.nowMs += 121_000;
  page.renew();
  await settled();
  expect(page.questions.map(({ id }) => id)).toEqual(["q1", "q4", "q5", "q6", "q7", "q8"]);
  expect(heard).toEqual([]);
  page.answer({ label: "1" });
  await settled();
  expect(heard).toEqual(["refused 1, taken"]);
});

test("leases are renewed for what is on the page and for answers on their way", async () => {
  const api = new FakeQueue(20);
  const { page } = await openPage({ api });
  page.renew();
  await settled();
  expect(api.calls.at(-1)).toBe("next 0 holding 6");
  api.isDown = true;
  page.answer({ label: "1" });
  page.renew();
  await settled();
  expect(api.calls.filter((call) => call.startsWith("next")).at(-1)).toBe("next 1 holding 6");
});

test("another order returns the questions behind the one on the screen, and takes others", async () => {
  const api = new FakeQueue(20);
  const { page } = await openPage({ api });
  api.items.reverse();
  page.reorder();
  await settled();
  expect(api.calls).toContain("release q2 q3 q4 q5 q6");
  expect(page.questions.map(({ id }) => id)).toEqual(["q1", "q20", "q19", "q18", "q17", "q16"]);
});

test("questions that come after the page was closed are returned", async () => {
  const api = new FakeQueue(20);
  const { page } = await openPage({ api });
  page.answer({ label: "1" });
  page.release();
  await settled();
  expect(api.items.filter(({ lease, decision }) => lease !== null && decision === null)).toEqual([]);
});

test("an empty pool and one that others have are told apart, and looked at again", async () => {
  const api = new FakeQueue(1);
  const ann = await openPage({ api });
  const bob = await openPage({ api, labeller: "bob" });
  expect([bob.page.current, bob.page.none.kind, bob.timers.delays]).toEqual([null, "leased", [10_000]]);
  ann.page.answer({ label: "1" });
  await settled();
  expect([ann.page.current, ann.page.none.kind]).toEqual([null, "none"]);
  await bob.timers.run();
  expect(bob.page.none.kind).toBe("none");
});

test("a labeller undoes only their own answers", async () => {
  const api = new FakeQueue(20);
  const { page, state } = await openPage({ api });
  page.answer({ label: "1" });
  await settled();
  page.release();
  state.labeller = "bob";
  page.wake();
  await settled();
  expect([page.undo(), page.tally.labelled, page.canUndo]).toEqual([null, 0, false]);
  expect(api.items.filter(({ lease }) => lease === "bob").length).toBe(6);
});

test("a question that the page has already is not taken twice", async () => {
  const api = new FakeQueue(20);
  const { next } = api;
  const { page } = await openPage({ api });
  // As a server that no longer knows what the page holds.
  api.next = (body) => next({ ...body, holding: [] });
  page.answer({ label: "1" });
  await settled();
  const ids = page.questions.map(({ id }) => id);
  expect(ids).toEqual(["q2", "q3", "q4", "q5", "q6"]);
});

test("a server that is back is asked for drawings with its first response, not after the delay", async () => {
  const api = new FakeQueue(60);
  const { page, timers } = await openPage({ api });
  api.isDown = true;
  while (page.current !== null) {
    page.answer({ label: "7" });
    await settled();
  }
  expect(page.none.kind).toBe("offline");
  // The two retries wait for different times; that of the answers comes first here.
  api.isDown = false;
  const asked = api.calls.length;
  await timers.runNth(timers.delays.length - 2);
  expect(page.waiting.n).toBe(0);
  expect(api.calls.slice(asked).some((call) => call.startsWith("next 6"))).toBe(true);
  expect(page.questions.length).toBe(6);
});

test("a response to a request for drawings sends the answers that wait", async () => {
  const api = new FakeQueue(60);
  const { page } = await openPage({ api });
  api.isDown = true;
  page.answer({ label: "7" });
  await settled();
  api.isDown = false;
  page.renew();
  await settled();
  expect(page.waiting).toEqual({ n: 0, isTroubled: false, why: null, unsaved: 0 });
});

test("all leases are renewed, also those of more questions than one request takes", async () => {
  const api = new FakeQueue(60);
  const { page } = await openPage({ api });
  for (let i = 0; i < 40; i++) {
    page.answer({ label: "7" });
    await settled();
  }
  for (let i = 0; i < 40; i++) {
    page.undo();
    await settled();
  }
  const held = page.questions.map(({ id }) => id);
  expect(held.length).toBeGreaterThan(40);
  api.renewed.length = 0;
  page.renew();
  await settled();
  expect(api.renewed.toSorted()).toEqual(held.toSorted());
  expect(Math.max(...api.sizes)).toBeLessThanOrEqual(20);
});

test("an undo that is refused is not counted as undone, and the answer counts as before", async () => {
  const api = new FakeQueue(20);
  const session = new MemoryStorage();
  const { page, heard } = await openPage({ api, session });
  page.answer({ label: "7" });
  page.answer({ label: "8" });
  await settled();
  api.isChanged = true;
  page.undo();
  expect(page.tally).toMatchObject({ labelled: 1, undone: 1 });
  await settled();
  expect(heard).toEqual(["not undone: changed since"]);
  expect(page.tally).toMatchObject({ labelled: 2, undone: 0 });
  // The next one is that before it, also after a reload.
  api.isChanged = false;
  const again = await openPage({ api, session });
  expect(again.page.undo()).toMatchObject({ answer: { label: "7" } });
  await settled();
  expect(again.page.tally).toMatchObject({ labelled: 1, undone: 1 });
});

test("what was deleted in the meantime is neither labelled nor undone, and the reason says so", async () => {
  const api = new FakeQueue(20);
  const { page, heard } = await openPage({ api });
  page.answer({ label: "7" });
  await settled();
  api.isGone = true;
  page.undo();
  await settled();
  page.answer({ label: "3" });
  await settled();
  expect(heard).toEqual(["not undone: no decision", "refused 3, gone"]);
  expect(page.tally).toMatchObject({ labelled: 0, undone: 0 });
  expect(page.refused).toBe(1);
});
