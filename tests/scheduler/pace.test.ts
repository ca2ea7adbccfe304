import { expect, test } from "bun:test";
import type { RunView } from "../../src/scheduler/deps.ts";
import { countFailures, pauseMs } from "../../src/scheduler/pace.ts";

const LIMITS = { minIntervalMs: 30_000, maxBackoffMs: 3_600_000 };

const RUN = {
  ...{ id: "r", pipeline: "tuning", pid: null, trigger: "new_samples", startedAt: null, finishedAt: null },
  ...{ cancelledBy: null, error: null },
};

test("pauseMs() is min_interval after a success and doubles with each failure up to an hour", () => {
  expect([0, 1, 2, 3, 6, 7, 1_000].map((failures) => pauseMs(failures, LIMITS))).toEqual([
    30_000, 60_000, 120_000, 240_000, 1_920_000, 3_600_000, 3_600_000,
  ]);
});

test("pauseMs() backs off from a second when min_interval is 0, and is never shorter than min_interval", () => {
  expect([0, 1, 2].map((failures) => pauseMs(failures, { ...LIMITS, minIntervalMs: 0 }))).toEqual([
    0, 2_000, 4_000,
  ]);
  expect([0, 1, 5].map((failures) => pauseMs(failures, { ...LIMITS, minIntervalMs: 7_200_000 }))).toEqual([
    7_200_000, 7_200_000, 7_200_000,
  ]);
});

test("countFailures() counts failed runs since the last one that was done", () => {
  const count = (...statuses: RunView["status"][]) =>
    countFailures(statuses.map((status) => ({ ...RUN, status })));
  expect(count()).toBe(0);
  expect(count("failed", "cancelled", "failed", "done", "failed")).toBe(2);
  expect(count("running", "failed")).toBe(1);
  expect(count("done", "failed")).toBe(0);
});
