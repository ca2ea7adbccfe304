import { expect, test } from "bun:test";
import { cronTimes } from "../../../src/lib/cron.ts";
import type { Facts } from "../../../src/scheduler/decision/facts.ts";
import { nextRun } from "../../../src/scheduler/decision/next-run.ts";
import { quietHours } from "../../../src/scheduler/decision/quiet-hours.ts";
import type { Rules } from "../../../src/scheduler/decision/rules.ts";
import { DAY_MS, facts, NOW_MS, rules } from "./facts.ts";

const NIGHTLY = { schedule: "0 3 * * * UTC", times: cronTimes("0 3 * * *", "UTC") };

function next(situation: Partial<Facts>, rule: Partial<Rules> = {}): string | null {
  const { atMs } = nextRun(facts(situation), rules(rule), NOW_MS);
  return atMs === null ? null : new Date(atMs).toISOString();
}

test("nextRun() is now when a run is due, and after the wait and the quiet hours", () => {
  const due = { newSamples: 500 };
  expect(next(due)).toBe("2026-01-02T12:00:00.000Z");
  expect(next({ ...due, waitMs: 30_000 })).toBe("2026-01-02T12:00:30.000Z");
  expect(next(due, { quiet: quietHours("11:00-14:00", "UTC") })).toBe("2026-01-02T14:00:00.000Z");
  expect(next({ ...due, waitMs: 3 * 3_600_000 }, { quiet: quietHours("11:00-14:00", "UTC") })).toBe(
    "2026-01-02T15:00:00.000Z",
  );
});

test("nextRun() is the next tick of cron, or the time at which the oldest label is old enough", () => {
  expect(next({}, { cron: NIGHTLY })).toBe("2026-01-03T03:00:00.000Z");
  expect(next({ oldestAgeMs: DAY_MS / 2 }, { maxAgeMs: DAY_MS })).toBe("2026-01-03T00:00:00.000Z");
  const both = { cron: NIGHTLY, maxAgeMs: DAY_MS };
  expect(next({ oldestAgeMs: DAY_MS / 2 }, both)).toBe("2026-01-03T00:00:00.000Z");
  expect(next({ oldestAgeMs: DAY_MS / 2 }, { ...both, combine: "all", newSamples: null })).toBe(
    "2026-01-03T03:00:00.000Z",
  );
  expect(next({}, { cron: NIGHTLY, quiet: quietHours("22:00-07:00", "UTC") })).toBe(
    "2026-01-03T07:00:00.000Z",
  );
});

test("nextRun() is unknown while it depends on labels, a person or a run", () => {
  expect(next({ newSamples: 499 })).toBeNull();
  expect(next({ newSamples: 499 }, { combine: "all", cron: NIGHTLY })).toBeNull();
  expect(next({ newSamples: 500, isPaused: true })).toBeNull();
  expect(next({ newSamples: 500, runningRunId: "r1" })).toBeNull();
});

test("nextRun() says that the run will wait for approval", () => {
  const { decision } = nextRun(facts(), rules({ cron: NIGHTLY, approval: "run" }), NOW_MS);
  expect(decision.decision).toBe("approval");
});
