import { expect, test } from "bun:test";
import { decide, type Situation } from "../../src/scheduler/schedule.ts";

const DUE: Situation = {
  isPaused: false,
  runningRunId: null,
  newSamples: 500,
  threshold: 500,
  waitMs: 0,
  consecutiveFailures: 0,
};

test("decide() starts when there are enough labels, nothing runs, nothing is paused and no wait is left", () => {
  expect(decide(DUE)).toEqual({ decision: "start", detail: "500 of 500 new labels" });
});

test("decide() says what holds a run back", () => {
  const why = (change: Partial<Situation>) => decide({ ...DUE, ...change });
  expect(why({ newSamples: 499 })).toEqual({
    decision: "too_few",
    detail: "there are fewer than 500 new labels",
  });
  expect(why({ runningRunId: "r1" })).toEqual({ decision: "running", detail: "run r1 is still running" });
  expect(why({ isPaused: true })).toEqual({
    decision: "paused",
    detail: "500 of 500 new labels, but the scheduler is paused",
  });
  expect(why({ waitMs: 29_001 }).detail).toBe("500 of 500 new labels; waiting 30 s after the last run");
  expect(why({ waitMs: 1, consecutiveFailures: 2 })).toEqual({
    decision: "wait",
    detail: "500 of 500 new labels; waiting 1 s after 2 failed runs in a row",
  });
});
