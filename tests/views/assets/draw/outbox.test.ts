import { expect, test } from "bun:test";
import {
  type CorrectResult,
  type DeleteResult,
  Outbox,
  type OutboxEntry,
  type OutboxParts,
  type SendResult,
} from "../../../../views/assets/draw/outbox.ts";
import type { Reader } from "../../../../views/assets/reader.ts";
import { MemoryStorage } from "../../../support/memory-storage.ts";

function entry(id: string): OutboxEntry {
  return { id, body: { strokes: [[[1, 2]]], width: 400, height: 400, label: "7", session: "s" } };
}

function setUp(storage: MemoryStorage | null = new MemoryStorage(), reader: Reader = null) {
  const heard: string[] = [];
  const sent: string[] = [];
  const delays: number[] = [];
  let server: (entry: OutboxEntry) => Promise<SendResult> = async ({ id }) => ({
    kind: "stored",
    sampleId: `sample-${id}`,
  });
  let correcting: (id: string) => Promise<CorrectResult> = async () => ({ kind: "corrected" });
  let deleting: (id: string) => Promise<DeleteResult> = async () => ({ kind: "deleted" });
  let later = () => {};
  const parts: OutboxParts = {
    storage,
    reader,
    send(each) {
      sent.push(each.id);
      return server(each);
    },
    correct(sampleId, correction) {
      sent.push(`${sampleId} to ${"label" in correction ? correction.label : correction.state}`);
      return correcting(sampleId);
    },
    remove(sampleId) {
      sent.push(`delete ${sampleId}`);
      return deleting(sampleId);
    },
    later(action, delayMs) {
      delays.push(delayMs);
      later = action;
      return () => {
        later = () => {};
      };
    },
    random: () => 0.5,
    events: {
      stored: ({ id }, sampleId) => heard.push(`stored ${id} as ${sampleId}`),
      refused: ({ id }, reason) => heard.push(`refused ${id}: ${reason}`),
      corrected: (sampleId) => heard.push(`corrected ${sampleId}`),
      notCorrected: (sampleId, reason) => heard.push(`not corrected ${sampleId}: ${reason}`),
      undone: (id) => heard.push(`undone ${id}`),
      notUndone: (id, reason) => heard.push(`not undone ${id}: ${reason}`),
      gone: (id) => heard.push(`gone ${id}`),
      changed: (waiting, isTroubled, undoing, why) => {
        const undone = undoing > 0 ? `, ${undoing} undoing` : "";
        const reason = why === null ? "" : ` because ${why.kind}: ${why.reason}`;
        heard.push(`${waiting} waiting${undone}${isTroubled ? `, troubled${reason}` : ""}`);
      },
    },
  };
  return {
    outbox: new Outbox(parts),
    parts,
    heard,
    sent,
    delays,
    answer(next: typeof server) {
      server = next;
    },
    answerCorrections(next: typeof correcting) {
      correcting = next;
    },
    answerDeletions(next: typeof deleting) {
      deleting = next;
    },
    /** Advances time to the next attempt. */
    async wait() {
      later();
      await settle();
    },
  };
}

/** Lets every promise that can resolve do so. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

test("add() has the label in the browser's storage before it is sent", () => {
  const storage = new MemoryStorage();
  const { outbox, answer, sent } = setUp(storage);
  answer(() => new Promise(() => {}));
  outbox.add(entry("a"));
  expect(sent).toEqual(["a"]);
  expect(JSON.parse(storage.items.get("tegaki.outbox.a")!)).toEqual({ ...entry("a"), wasSent: true });
});

test("Outbox forgets a label when, and only when, the server has stored it", async () => {
  const storage = new MemoryStorage();
  const { outbox, heard } = setUp(storage);
  outbox.add(entry("a"));
  expect(storage.length).toBe(1);
  await settle();
  expect(storage.length).toBe(0);
  expect(heard).toEqual(["1 waiting", "0 waiting", "stored a as sample-a"]);
});

test("Outbox tries again with growing delays while the server is unreachable, oldest first, and loses nothing", async () => {
  const storage = new MemoryStorage();
  const { outbox, answer, sent, delays, heard, wait } = setUp(storage);
  answer(async () => ({ kind: "retry" }));
  outbox.add(entry("a"));
  await settle();
  outbox.add(entry("b"));
  await wait();
  await wait();
  expect(sent).toEqual(["a", "a", "a"]);
  expect(delays).toEqual([1000, 2000, 4000]);
  expect(storage.length).toBe(2);
  answer(async ({ id }) => ({ kind: "stored", sampleId: id }));
  await wait();
  expect(sent).toEqual(["a", "a", "a", "a", "b"]);
  expect(heard.slice(-2)).toEqual(["0 waiting", "stored b as b"]);
  expect(outbox.waiting).toBe(0);
});

test("Outbox continues with the next label when the server refuses one permanently", async () => {
  const { outbox, answer, heard } = setUp();
  answer(async ({ id }) =>
    id === "a" ? { kind: "refused", reason: "no such label" } : { kind: "stored", sampleId: id },
  );
  outbox.add(entry("a"));
  outbox.add(entry("b"));
  await settle();
  expect(heard).toContain("refused a: no such label");
  expect(heard).toContain("stored b as b");
});

test("Outbox sends labels that an earlier page left in the storage", async () => {
  const storage = new MemoryStorage();
  storage.setItem("tegaki.outbox.old", JSON.stringify(entry("old")));
  storage.setItem("tegaki.outbox.broken", "{");
  storage.setItem("another.key", "1");
  const { outbox, sent } = setUp(storage);
  outbox.flush();
  await settle();
  expect(sent).toEqual(["old"]);
  expect(storage.getItem("another.key")).toBe("1");
});

test("Outbox keeps labels in memory and counts them as unsaved when the storage is full", async () => {
  const storage = new MemoryStorage();
  storage.isFull = true;
  const { outbox, answer, wait } = setUp(storage);
  answer(async () => ({ kind: "retry" }));
  outbox.add(entry("a"));
  await settle();
  expect([outbox.waiting, outbox.unsaved]).toEqual([1, 1]);
  answer(async () => ({ kind: "stored", sampleId: "1" }));
  await wait();
  expect([outbox.waiting, outbox.unsaved]).toEqual([0, 0]);
});

test("Outbox works where the browser provides no storage", async () => {
  const { outbox, heard } = setUp(null);
  outbox.add(entry("a"));
  await settle();
  expect(heard).toContain("stored a as sample-a");
});

const to = (label: string) => ({ label, state: "labelled" }) as const;

test("correct() of a label that waits stores the label first, then corrects it, and has both in the storage until then", async () => {
  const storage = new MemoryStorage();
  const { outbox, answer, sent, heard, wait } = setUp(storage);
  answer(async () => ({ kind: "retry" }));
  outbox.add(entry("a"));
  await settle();
  expect(outbox.correct("a", null, to("3"))).toBe(true);
  expect(outbox.correct("a", null, to("4"))).toBe(true);
  expect(JSON.parse(storage.items.get("tegaki.outbox.a")!)).toEqual({
    ...entry("a"),
    wasSent: true,
    correction: to("4"),
  });
  answer(async () => ({ kind: "stored", sampleId: "s" }));
  await wait();
  expect(sent).toEqual(["a", "a", "s to 4"]);
  expect(heard.slice(-3)).toEqual(["stored a as s", "0 waiting", "corrected s"]);
  expect(storage.length).toBe(0);
});

test("correct() of a stored label survives the page while the server is unreachable; the last correction counts", async () => {
  const storage = new MemoryStorage();
  const first = setUp(storage);
  first.answerCorrections(async () => ({ kind: "retry" }));
  first.outbox.correct("a", "s", to("3"));
  await settle();
  first.outbox.correct("a", "s", { state: "rejected" });
  expect(first.outbox.waiting).toBe(1);
  expect(first.outbox.has("a", "s")).toBe(true);
  const second = setUp(storage);
  second.outbox.flush();
  await settle();
  expect(second.sent).toEqual(["s to rejected"]);
  expect(second.heard).toContain("corrected s");
  expect(storage.length).toBe(0);
});

test("a correction that is given while another is on its way is sent after it", async () => {
  const { outbox, answerCorrections, sent, heard } = setUp();
  let arrive: (result: CorrectResult) => void = () => {};
  answerCorrections(() => new Promise((resolve) => (arrive = resolve)));
  outbox.correct("a", "s", to("3"));
  outbox.correct("a", "s", to("5"));
  arrive({ kind: "corrected" });
  await settle();
  expect(sent).toEqual(["s to 3", "s to 5"]);
  expect(heard).not.toContain("corrected s");
  arrive({ kind: "corrected" });
  await settle();
  expect(heard.at(-1)).toBe("corrected s");
});

test("a correction that another tab has sent is not sent again, and one that is newer there is the one to send", async () => {
  const storage = new MemoryStorage();
  const { outbox, answerCorrections, sent, heard, wait } = setUp(storage);
  answerCorrections(async () => ({ kind: "retry" }));
  outbox.correct("a", "s", to("3"));
  await settle();
  const key = "tegaki.outbox.correction.s";
  storage.setItem(key, JSON.stringify({ id: "correction.s", sampleId: "s", correction: to("8") }));
  await wait();
  expect(sent).toEqual(["s to 3", "s to 8"]);
  storage.removeItem(key);
  await wait();
  expect(sent).toHaveLength(2);
  expect(heard.at(-1)).toBe("corrected s");
});

test("a correction that the server refuses is reported and not repeated; one of an unknown label is not taken", async () => {
  const { outbox, answerCorrections, heard } = setUp();
  answerCorrections(async () => ({ kind: "refused", reason: "it is pinned" }));
  outbox.correct("a", "s", to("3"));
  await settle();
  expect(heard.at(-1)).toBe("not corrected s: it is pinned");
  expect(outbox.waiting).toBe(0);
  expect(outbox.correct("b", null, to("3"))).toBe(false);
});

test("undo() removes a label that was certainly never sent, and says what it does with others", async () => {
  const storage = new MemoryStorage();
  const { outbox, answer } = setUp(storage);
  answer(async () => ({ kind: "retry" }));
  outbox.add(entry("a"));
  await settle();
  outbox.add(entry("b"));
  outbox.add(entry("c"));
  // Another tab has sent it.
  storage.setItem("tegaki.outbox.c", JSON.stringify({ ...entry("c"), wasSent: true }));
  expect(outbox.undo("a", null)).toBe("undoing");
  expect(outbox.undo("b", null)).toBe("removed");
  expect(outbox.undo("c", null)).toBe("undoing");
  expect(outbox.undo("unknown", null)).toBe("unknown");
  expect([...storage.items.keys()]).toEqual(["tegaki.outbox.a", "tegaki.outbox.c"]);
  expect([outbox.waiting, outbox.undoing]).toEqual([0, 2]);
  expect(outbox.correct("a", null, to("3"))).toBe(false);
});

/** A server that stores each key once, with a connection that can fail before or after it has done its work. */
function fakeServer() {
  const samples = new Map<string, string>();
  let gate: Promise<void> = Promise.resolve();
  let open = () => {};
  const server = {
    mode: "up" as "up" | "down" | "loses responses",
    samples,
    /** Requests arrive, and are answered only after `release`. */
    hold() {
      gate = new Promise((resolve) => (open = resolve));
    },
    async release() {
      open();
      await settle();
    },
    connect(page: ReturnType<typeof setUp>): ReturnType<typeof setUp> {
      page.answer(async ({ id }) => {
        if (server.mode === "down") return { kind: "retry" };
        samples.set(`s-${id}`, id);
        await gate;
        return server.mode === "up" ? { kind: "stored", sampleId: `s-${id}` } : { kind: "retry" };
      });
      page.answerDeletions(async (sampleId) => {
        if (server.mode === "down") return { kind: "retry" };
        samples.delete(sampleId);
        return server.mode === "up" ? { kind: "deleted" } : { kind: "retry" };
      });
      return page;
    },
  };
  return server;
}

const BEFORE = ["acknowledged", "on its way", "server down", "response lost"] as const;
const AT_UNDO = ["up", "down"] as const;
const NEXT = ["nothing", "label", "reload", "label, reload", "reload, label", "reload, reload"] as const;

for (const before of BEFORE) {
  for (const atUndo of AT_UNDO) {
    for (const next of NEXT) {
      test(`an undo is not forgotten: ${before}, server ${atUndo} at the undo, then ${next}`, async () => {
        const storage = new MemoryStorage();
        const server = fakeServer();
        let page = server.connect(setUp(storage));
        if (before === "on its way") server.hold();
        if (before === "server down") server.mode = "down";
        if (before === "response lost") server.mode = "loses responses";
        page.outbox.add(entry("a"));
        await settle();
        expect(page.outbox.has("a", null)).toBe(before !== "acknowledged");
        server.mode = atUndo;
        expect(page.outbox.undo("a", before === "acknowledged" ? "s-a" : null)).toBe("undoing");
        const pages = [page];
        for (const step of next.split(", ")) {
          if (step === "label") page.outbox.add(entry("b"));
          if (step !== "reload") continue;
          page = server.connect(setUp(storage));
          pages.push(page);
          page.outbox.flush();
          await settle();
        }
        await settle();
        server.mode = "up";
        await server.release();
        await page.wait();
        page.outbox.flush();
        await settle();
        expect([...server.samples.values()]).toEqual(next.includes("label") ? ["b"] : []);
        expect(storage.length).toBe(0);
        expect([page.outbox.waiting, page.outbox.undoing]).toEqual([0, 0]);
        const heard = pages.flatMap((each) => each.heard);
        expect(heard).toContain("undone a");
        expect(heard.includes("stored a as s-a")).toBe(before === "acknowledged");
      });
    }
  }
}

test("a label that the server refuses is undone; a sample that it keeps is reported", async () => {
  const { outbox, answer, answerDeletions, heard } = setUp();
  let arrive: (result: SendResult) => void = () => {};
  answer(() => new Promise((resolve) => (arrive = resolve)));
  outbox.add(entry("a"));
  outbox.undo("a", null);
  arrive({ kind: "refused", reason: "no such label" });
  await settle();
  expect(heard.at(-1)).toBe("undone a");
  answerDeletions(async () => ({ kind: "refused", reason: "it is pinned" }));
  outbox.undo("b", "s-b");
  await settle();
  expect(heard.at(-1)).toBe("not undone b: it is pinned");
  expect(outbox.undoing).toBe(0);
});

test("an earlier page's undo is sent before its labels, because the same ink may have been labelled again", async () => {
  const storage = new MemoryStorage();
  storage.setItem("tegaki.outbox.a", JSON.stringify(entry("a")));
  storage.setItem("tegaki.outbox.z", JSON.stringify({ ...entry("z"), wasSent: true, isUndone: true }));
  const { outbox, sent } = setUp(storage);
  outbox.flush();
  await settle();
  expect(sent).toEqual(["z", "delete sample-z", "a"]);
});

test("a label that an earlier page left and another tab has ended is not sent again; an undo of another tab is kept", async () => {
  const storage = new MemoryStorage();
  for (const id of ["a", "b"]) storage.setItem(`tegaki.outbox.${id}`, JSON.stringify(entry(id)));
  const { outbox, sent, heard } = setUp(storage);
  storage.removeItem("tegaki.outbox.a");
  storage.setItem("tegaki.outbox.b", JSON.stringify({ ...entry("b"), wasSent: true, isUndone: true }));
  outbox.flush();
  await settle();
  expect(sent).toEqual(["b", "delete sample-b"]);
  expect(heard).toContain("gone a");
  expect(heard).toContain("undone b");
});

test("Outbox keeps a label while nobody is logged in, says so, and sends it after logging in again, on a later page too", async () => {
  const storage = new MemoryStorage();
  const before = setUp(storage);
  before.answer(async () => ({ kind: "retry", why: { kind: "loggedOut", reason: "Log in first" } }));
  before.outbox.add(entry("a"));
  await settle();
  expect(before.heard.at(-1)).toBe("1 waiting, troubled because loggedOut: Log in first");
  const after = setUp(storage);
  after.outbox.flush();
  await settle();
  expect(after.heard).toContain("stored a as sample-a");
  expect(after.outbox.waiting).toBe(0);
});

test("Outbox waits at least as long as the server asks when too many labels come, and then sends all of them in order", async () => {
  const { outbox, answer, delays, heard, sent, wait } = setUp();
  answer(async () => ({ kind: "retry", afterMs: 12_000, why: { kind: "tooMany", reason: "At most 60" } }));
  outbox.add(entry("a"));
  outbox.add(entry("b"));
  await settle();
  expect(delays).toEqual([13_500]);
  expect(heard.at(-1)).toBe("2 waiting, troubled because tooMany: At most 60");
  answer(async ({ id }) => ({ kind: "stored", sampleId: `sample-${id}` }));
  await wait();
  expect(sent).toEqual(["a", "a", "b"]);
  expect(outbox.waiting).toBe(0);
});

const ANNA = { kind: "account", name: "Anna" };
const BEN = { kind: "account", name: "Ben" };
const GUEST = { kind: "guest", name: "Anna" };

/** The labels a (of Anna), b (of the guest with her name) and c (of nobody, as an older page has left it) wait. */
async function threeWaiting(): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  for (const [id, reader] of [
    ["a", ANNA],
    ["b", GUEST],
  ] as const) {
    const page = setUp(storage, reader);
    page.answer(async () => ({ kind: "retry", why: { kind: "loggedOut", reason: "Log in first" } }));
    page.outbox.add(entry(id));
    await settle();
  }
  storage.setItem("tegaki.outbox.c", JSON.stringify(entry("c")));
  return storage;
}

test.each([
  ["an account", ANNA, "a"],
  ["a guest", GUEST, "b"],
  ["nobody (an entry without a reader)", null, "c"],
] as const)(
  "a label of %s is sent from a page of the same reader, and from no other",
  async (_, reader, id) => {
    const storage = await threeWaiting();
    const before = new Map(storage.items);
    const { outbox, sent } = setUp(storage, reader);
    expect(outbox.waiting).toBe(1);
    outbox.flush();
    await settle();
    expect(sent).toEqual([id]);
    expect(storage.length).toBe(2);
    for (const [key, value] of storage.items) expect(before.get(key)).toBe(value);
  },
);

test("what others have left waits untouched, is counted by reader, and does not hold up who is here", async () => {
  const storage = await threeWaiting();
  const before = new Map(storage.items);
  const { outbox, answer, sent, wait } = setUp(storage, BEN);
  expect(outbox.ofOthers).toEqual([
    { by: ANNA, n: 1 },
    { by: GUEST, n: 1 },
    { by: null, n: 1 },
  ]);
  answer(async () => ({ kind: "retry" }));
  outbox.add(entry("d"));
  outbox.add(entry("e"));
  await settle();
  expect([outbox.waiting, outbox.has("a", null), outbox.undo("a", null)]).toEqual([2, false, "unknown"]);
  answer(async ({ id }) => ({ kind: "stored", sampleId: id }));
  await wait();
  expect(sent).toEqual(["d", "d", "e"]);
  expect(new Map(storage.items)).toEqual(before);
});

test("corrections of the same drawing by two readers are two entries, and each is sent by its own", async () => {
  const storage = new MemoryStorage();
  const anna = setUp(storage, ANNA);
  anna.answerCorrections(async () => ({ kind: "retry" }));
  anna.outbox.correct("a", "s", to("3"));
  await settle();
  const ben = setUp(storage, BEN);
  ben.outbox.correct("a", "s", to("4"));
  await settle();
  expect(ben.sent).toEqual(["s to 4"]);
  const again = setUp(storage, ANNA);
  again.outbox.flush();
  await settle();
  expect([again.sent, storage.length]).toEqual([["s to 3"], 0]);
});

test("a label that the role does not allow is kept with the reason, and is tried after a minute or on the next page only", async () => {
  const storage = new MemoryStorage();
  const page = setUp(storage, ANNA);
  const why = { kind: "notAllowed", reason: "This needs the role labeller" } as const;
  page.answer(async () => ({ kind: "retry", afterMs: 60_000, why }));
  page.outbox.add(entry("a"));
  page.outbox.add(entry("b"));
  await settle();
  expect(page.sent).toEqual(["a"]);
  expect(page.delays).toHaveLength(1);
  expect(page.delays[0]).toBeGreaterThanOrEqual(60_000);
  expect(page.heard.at(-1)).toBe("2 waiting, troubled because notAllowed: This needs the role labeller");
  expect(storage.length).toBe(2);
  const next = setUp(storage, ANNA);
  next.outbox.flush();
  await settle();
  expect(next.sent).toEqual(["a", "b"]);
  expect(storage.length).toBe(0);
});
