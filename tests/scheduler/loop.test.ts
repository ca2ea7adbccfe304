import { expect, test } from "bun:test";
import { every } from "../../src/scheduler/loop.ts";
import { FakeClock } from "../storage/helpers.ts";
import { FakeTimers, settled } from "./helpers.ts";

const fail = (error: unknown) => {
  throw error;
};

test("every() calls once an interval, the first time after one", async () => {
  const timers = new FakeTimers(new FakeClock());
  const at: number[] = [];
  every(timers, 100, () => at.push(timers.nowMs), fail);
  await timers.advance(350);
  expect(at).toEqual([100, 200, 300]);
});

test("every() never overlaps itself: the next interval begins when the slow call has ended", async () => {
  const timers = new FakeTimers(new FakeClock());
  const slow = Promise.withResolvers<void>();
  let calls = 0;
  every(timers, 100, () => (++calls === 1 ? slow.promise : undefined), fail);
  await timers.advance(1_000);
  expect(calls).toBe(1);
  slow.resolve();
  await settled();
  await timers.advance(99);
  expect(calls).toBe(1);
  await timers.advance(1);
  expect(calls).toBe(2);
});

test("every() continues after a call that throws or rejects, and calls onError", async () => {
  const timers = new FakeTimers(new FakeClock());
  const errors: unknown[] = [];
  let calls = 0;
  const work = () => {
    calls += 1;
    if (calls === 1) throw new Error("thrown");
    return calls === 2 ? Promise.reject(new Error("rejected")) : undefined;
  };
  every(timers, 100, work, (error) => errors.push(error));
  await timers.advance(300);
  expect(calls).toBe(3);
  expect(errors.map(String)).toEqual(["Error: thrown", "Error: rejected"]);
});

test("stop() waits for the call under way and lets none follow", async () => {
  const timers = new FakeTimers(new FakeClock());
  const slow = Promise.withResolvers<void>();
  let calls = 0;
  const work = () => {
    calls += 1;
    return slow.promise;
  };
  const loop = every(timers, 100, work, fail);
  await timers.advance(100);
  let isStopped = false;
  const stopped = loop.stop().then(() => {
    isStopped = true;
  });
  await settled();
  expect(isStopped).toBe(false);
  slow.resolve();
  await stopped;
  await timers.advance(1_000);
  expect(calls).toBe(1);
  expect(timers.pending).toBe(0);
});
