import { expect, test } from "bun:test";
import { TUNING } from "../../src/domain/pipeline-names.ts";
import { cronTimes } from "../../src/lib/cron.ts";
import { cronMark } from "../../src/scheduler/cron-mark.ts";
import { decide } from "../../src/scheduler/decision/decide.ts";
import { nextRun } from "../../src/scheduler/decision/next-run.ts";
import { quietHours } from "../../src/scheduler/decision/quiet-hours.ts";
import type { Rules } from "../../src/scheduler/decision/rules.ts";
import { facts, rules } from "./decision/facts.ts";

const MINUTE_MS = 60_000;
const RUN_MS = 10 * MINUTE_MS;

/** The hour and minute on the wall of a time zone. */
function wall(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone }).format(ms);
}

/**
 * Decides at every step, once a minute by default, for a year, as the scheduler does: a run takes ten minutes, and a tick is used up when one
 * starts. @returns when runs started, and when one was expected just before.
 */
function simulate(rule: Partial<Rules>, [fromMs, toMs]: [number, number], stepMs = MINUTE_MS) {
  const rulesOfYear = rules({ newSamples: null, ...rule });
  const schedule = rulesOfYear.cron?.schedule ?? "";
  let mark = cronMark(null, schedule, fromMs);
  let busyUntilMs = 0;
  const starts: number[] = [];
  const wrong: string[] = [];
  let expectedMs: number | null = null;
  for (let nowMs = fromMs; nowMs < toMs; nowMs += stepMs) {
    mark = cronMark(mark, schedule, nowMs);
    const situation = facts({
      ...{ readMs: nowMs, cronAfterMs: Date.parse(mark.after) },
      runningRunId: nowMs < busyUntilMs ? TUNING : null,
    });
    const { decision } = decide(situation, rulesOfYear, nowMs);
    if (decision !== "start") {
      const next =
        nowMs % (60 * MINUTE_MS) === 0 && decision !== "running"
          ? nextRun(situation, rulesOfYear, nowMs)
          : null;
      expectedMs = next === null ? expectedMs : next.atMs;
      continue;
    }
    if (expectedMs !== null && expectedMs !== nowMs) {
      wrong.push(`${new Date(expectedMs).toISOString()} was expected, ${new Date(nowMs).toISOString()} came`);
    }
    starts.push(nowMs);
    expectedMs = null;
    busyUntilMs = nowMs + RUN_MS;
    mark = { schedule, after: new Date(nowMs).toISOString() };
  }
  return { starts, wrong };
}

const YEAR: [number, number] = [Date.UTC(2026, 0, 1, 12), Date.UTC(2027, 0, 1, 12)];
const cron = (expression: string, timeZone: string) => ({
  schedule: `${expression} ${timeZone}`,
  times: cronTimes(expression, timeZone),
});

test.each(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"])(
  "a nightly cron in %s starts 365 runs in a year with its changes of the clocks, each as expected",
  (timeZone) => {
    const { starts, wrong } = simulate({ cron: cron("30 2 * * *", timeZone) }, YEAR);
    expect(wrong).toEqual([]);
    expect(starts).toHaveLength(365);
    const days = new Set(starts.map((ms) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(ms)));
    expect(days.size).toBe(365);
    // Only on the day on which the clocks skip 02:30 it runs at another time: at the end of the gap.
    const others = starts.map((ms) => wall(ms, timeZone)).filter((time) => time !== "02:30");
    expect(others).toEqual(["Europe/Berlin", "America/New_York"].includes(timeZone) ? ["03:00"] : []);
  },
  60_000,
);

test("an hourly cron starts a run every hour of a year, also in the nights in which the clocks change", () => {
  const { starts, wrong } = simulate({ cron: cron("0 * * * *", "Europe/Berlin") }, YEAR);
  expect(wrong).toEqual([]);
  const gaps = new Set(starts.slice(1).map((ms, i) => ms - starts[i]!));
  expect([...gaps]).toEqual([60 * MINUTE_MS]);
  expect(starts).toHaveLength(365 * 24 - 1);
}, 60_000);

test("no run of a year starts in quiet hours, and a tick in them runs once, at their end", () => {
  const timeZone = "Europe/Berlin";
  const quiet = quietHours("22:00-07:00", timeZone);
  const { starts, wrong } = simulate({ cron: cron("0 0,3,12 * * *", timeZone), quiet }, YEAR, 5 * MINUTE_MS);
  expect(wrong).toEqual([]);
  expect(starts.filter((ms) => quiet.isQuiet(ms))).toEqual([]);
  expect(new Set(starts.map((ms) => wall(ms, timeZone)))).toEqual(new Set(["12:00", "07:00"]));
  expect(starts).toHaveLength(2 * 365);
}, 60_000);
