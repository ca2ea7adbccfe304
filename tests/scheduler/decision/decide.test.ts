import { expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { SchedulerRequest } from "../../../src/domain/scheduler/request.ts";
import { cronTimes } from "../../../src/lib/cron.ts";
import { decide } from "../../../src/scheduler/decision/decide.ts";
import type { Facts } from "../../../src/scheduler/decision/facts.ts";
import { quietHours } from "../../../src/scheduler/decision/quiet-hours.ts";
import type { Rules } from "../../../src/scheduler/decision/rules.ts";
import { firstModelProgress } from "../../../src/scheduler/first-model.ts";
import { DAY_MS, facts, NOW_MS, rules } from "./facts.ts";

const DUE = { newSamples: 500 };
const NIGHTLY = { schedule: "0 3 * * * UTC", times: cronTimes("0 3 * * *", "UTC") };

function decided(situation: Partial<Facts>, rule: Partial<Rules> = {}, atMs = NOW_MS) {
  const { decision, why } = decide(facts(situation), rules(rule), atMs);
  return [decision, why.message];
}

test("decide() starts when there are enough labels, nothing runs, nothing is paused and no wait is left", () => {
  expect(decided(DUE)).toEqual(["start", "500 of 500 new labels"]);
});

test("decide() says what holds a run back", () => {
  expect(decided({ newSamples: 499 })).toEqual(["not_due", "499 of 500 new labels"]);
  expect(decided({ ...DUE, runningRunId: "r1" })).toEqual(["running", "run r1 is still running"]);
  expect(decided({ ...DUE, isPaused: true })).toEqual([
    "paused",
    "500 of 500 new labels, but the scheduler is paused",
  ]);
  expect(decided({ ...DUE, waitMs: 29_001 })).toEqual([
    "wait",
    "500 of 500 new labels; waiting 30 s after the last run",
  ]);
  expect(decided({ ...DUE, waitMs: 1, consecutiveFailures: 2 })[1]).toBe(
    "500 of 500 new labels; waiting 1 s after 2 failed runs in a row",
  );
  expect(decided(DUE, { quiet: quietHours("11:00-13:30", "UTC") })).toEqual([
    "quiet",
    "500 of 500 new labels; quiet hours until 2026-01-02T13:30:00.000Z",
  ]);
  expect(decided(DUE, { approval: "run" })).toEqual([
    "approval",
    "500 of 500 new labels; waiting for approval",
  ]);
  expect(decided(DUE, { approval: "promotion" })[0]).toBe("start");
  expect(decided({}, { newSamples: null })).toEqual(["not_due", "every trigger is off"]);
});

test.each<[string, Partial<Facts>, Partial<Rules>, string]>([
  ["corrections", { corrections: 20 }, { corrections: 20 }, "20 of 20 corrected labels"],
  [
    "max_age",
    { oldestAgeMs: DAY_MS },
    { maxAgeMs: DAY_MS },
    "the oldest new label has waited 86400 s of 86400 s",
  ],
  [
    "cron",
    { cronAfterMs: NOW_MS - DAY_MS },
    { cron: NIGHTLY },
    "cron 0 3 * * * UTC was due at 2026-01-02T03:00:00.000Z",
  ],
  [
    "drift",
    { drift: { isDrifting: true, since: "2026-01-02T10:00:00.000Z", detail: "" } },
    { hasDrift: true },
    "drift was detected at 2026-01-02T10:00:00.000Z",
  ],
])("decide() starts by the trigger %s alone, and records it", (trigger, situation, rule, message) => {
  const { decision, why, trigger: recorded } = decide(facts(situation), rules(rule), NOW_MS);
  expect([decision, why.message, recorded]).toEqual(["start", message, trigger]);
  expect(decided(situation)[0]).toBe("not_due");
});

test.each<[string, Partial<Facts>, Partial<Rules>]>([
  ["corrections", { corrections: 19 }, { corrections: 20 }],
  ["max_age", { oldestAgeMs: DAY_MS - 1 }, { maxAgeMs: DAY_MS }],
  ["max_age without a label", { oldestAgeMs: null }, { maxAgeMs: DAY_MS }],
  ["cron", { cronAfterMs: NOW_MS - 9 * 3_600_000 }, { cron: NIGHTLY }],
  ["drift", { drift: { isDrifting: false, since: null, detail: "" } }, { hasDrift: true }],
  ["drift that is not measured", { drift: null }, { hasDrift: true }],
  [
    "drift that the last run has answered",
    {
      drift: { isDrifting: true, since: "2026-01-02T10:00:00.000Z", detail: "" },
      answeredAlarm: "2026-01-02T10:00:00.000Z",
    },
    { hasDrift: true },
  ],
])("decide() does not start just before %s", (_, situation, rule) => {
  expect(decided(situation, rule)[0]).toBe("not_due");
});

test("decide() with combine: all starts only when every trigger that is on holds", () => {
  const all: Partial<Rules> = { combine: "all", cron: NIGHTLY };
  const tick = { cronAfterMs: NOW_MS - DAY_MS };
  expect(decided(DUE, all)).toEqual([
    "not_due",
    "500 of 500 new labels; cron 0 3 * * * UTC is due at 2026-01-03T03:00:00.000Z",
  ]);
  expect(decided(tick, all)[0]).toBe("not_due");
  expect(decided({ ...DUE, ...tick }, all)[0]).toBe("start");
  expect(decided({}, { combine: "all", newSamples: null })[0]).toBe("not_due");
});

test("decide() gives every condition its value and threshold", () => {
  const { conditions } = decide(facts({ newSamples: 12, waitMs: 5_000 }), rules(), NOW_MS);
  expect(conditions.find(({ name }) => name === "new_samples")).toEqual({
    ...{ name: "new_samples", kind: "trigger", is_on: true, holds: false, value: 12, threshold: 500 },
  });
  expect(conditions.find(({ name }) => name === "min_interval")).toMatchObject({
    ...{ kind: "guard", holds: false, value: 5, threshold: 30 },
  });
  expect(conditions.map(({ name }) => name).join(" ")).toBe(
    "new_samples corrections max_age cron drift idle not_paused min_interval quiet_hours approval",
  );
});

test("decide() at a later time lets ages grow and waits pass", () => {
  const later = (situation: Partial<Facts>, rule: Partial<Rules>, ms: number) =>
    decided(situation, rule, NOW_MS + ms)[0];
  expect(later({ oldestAgeMs: 0 }, { maxAgeMs: DAY_MS }, DAY_MS - 1)).toBe("not_due");
  expect(later({ oldestAgeMs: 0 }, { maxAgeMs: DAY_MS }, DAY_MS)).toBe("start");
  expect(later({ ...DUE, waitMs: 10_000 }, {}, 9_999)).toBe("wait");
  expect(later({ ...DUE, waitMs: 10_000 }, {}, 10_000)).toBe("start");
  expect(later({}, { cron: NIGHTLY }, 15 * 3_600_000)).toBe("start");
});

const REQUEST: SchedulerRequest = {
  ...{ id: 4, kind: "run", state: "approved", pipeline: "tuning", trigger: "page", runId: null },
  ...{ modelVersion: null, expectedPrevious: null, reason: "", requestedBy: LOCAL, createdAt: "" },
  ...{ decidedBy: LOCAL, decisionReason: "", decidedAt: "" },
};

test("decide() starts an approved run whatever holds others back, but not while one is running", () => {
  const held: Partial<Facts> = { approved: REQUEST, isPaused: true, waitMs: 60_000 };
  const rule: Partial<Rules> = { quiet: quietHours("11:00-13:00", "UTC"), approval: "both" };
  expect(decided(held, rule)).toEqual(["start", "request 4 was approved"]);
  expect(decided({ ...held, runningRunId: "r1" }, rule)[0]).toBe("running");
});

const NEEDS = { classes: ["a", "b"], perClass: 3, total: 8, holdoutFraction: 0.2 };
const first = (byLabel: Record<string, number>) => firstModelProgress({ byLabel, toTrain: byLabel }, NEEDS);

test("decide() without a model says which classes are short, and starts the first one when none is", () => {
  expect(decided({ newSamples: 8, first: first({ a: 6, b: 2 }) })).toEqual([
    "too_few",
    "there is no model yet: 8 of 9 labels for the first one; fewer than 3 of b 2",
  ]);
  const enough = { newSamples: 8, first: first({ a: 5, b: 3 }) };
  expect(decide(facts(enough), rules(), NOW_MS)).toMatchObject({ decision: "start", pipeline: "first" });
  expect(decided({ ...enough, isPaused: true })[0]).toBe("paused");
  expect(decided({ ...enough, waitMs: 5 })[0]).toBe("wait");
  expect(decided({ ...enough, newSamples: 2 })[0]).toBe("too_few");
});
