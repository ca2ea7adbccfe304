import { expect, test } from "bun:test";
import { createIdleTurns } from "../../../src/serving/shadow/idle-turns.ts";

/** Resolves once the condition holds; the test's own time limit ends it otherwise. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test("add() runs works one at a time, in order", async () => {
  const turns = createIdleTurns({ quietMs: 1, maxQueue: 4, maxWaitMs: 1_000 });
  const done: number[] = [];
  for (const n of [1, 2, 3]) expect(turns.add(() => void done.push(n))).toBe(true);
  expect(done).toEqual([]);
  await until(() => done.length === 3);
  expect(done).toEqual([1, 2, 3]);
  turns.close();
});

test("add() drops what the queue has no room for", () => {
  const turns = createIdleTurns({ quietMs: 1_000, maxQueue: 2, maxWaitMs: 1_000 });
  expect([1, 2, 3].map(() => turns.add(() => {}))).toEqual([true, true, false]);
  expect(turns.waiting()).toBe(2);
  turns.close();
  expect(turns.waiting()).toBe(0);
});

test("work waits while requests keep coming; urgent work only for its time", async () => {
  const turns = createIdleTurns({ quietMs: 10_000, maxQueue: 4, maxWaitMs: 5 });
  const done: string[] = [];
  turns.begin();
  turns.end();
  turns.add(() => void done.push("live"));
  turns.addUrgent(() => void done.push("urgent"));
  await until(() => done.length > 0);
  expect(done).toEqual(["urgent"]);
  expect(turns.waiting()).toBe(1);
  turns.close();
});

test("work waits for the end of a request", async () => {
  const turns = createIdleTurns({ quietMs: 1, maxQueue: 4, maxWaitMs: 10_000 });
  const done: string[] = [];
  turns.begin();
  turns.add(() => void done.push("live"));
  for (let i = 0; i < 20; i++) await Bun.sleep(1);
  expect(done).toEqual([]);
  turns.end();
  await until(() => done.length > 0);
  turns.close();
});

test("urgent work comes before the rest", async () => {
  const turns = createIdleTurns({ quietMs: 1, maxQueue: 4, maxWaitMs: 1_000 });
  const done: string[] = [];
  turns.add(() => void done.push("live"));
  turns.addUrgent(() => void done.push("urgent"));
  await until(() => done.length === 2);
  expect(done).toEqual(["urgent", "live"]);
  turns.close();
});
