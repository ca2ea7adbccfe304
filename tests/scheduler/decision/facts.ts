import type { Facts } from "../../../src/scheduler/decision/facts.ts";
import type { Rules } from "../../../src/scheduler/decision/rules.ts";

/** Noon. */
export const NOW_MS = Date.UTC(2026, 0, 2, 12);

export const DAY_MS = 86_400_000;

export function rules(change: Partial<Rules> = {}): Rules {
  return {
    ...{ newSamples: 500, corrections: null, maxAgeMs: null, cron: null, hasDrift: false },
    ...{ combine: "any", quiet: null, approval: "none" },
    ...change,
  };
}

export function facts(change: Partial<Facts> = {}): Facts {
  return {
    ...{ readMs: NOW_MS, runningRunId: null, isPaused: false, pausedAt: null },
    ...{
      newSamples: 0,
      untrained: 0,
      corrections: 0,
      oldestAgeMs: null,
      cronAfterMs: NOW_MS,
      drift: null,
      answeredAlarm: null,
      declinedMs: null,
    },
    ...{ first: null, waitMs: 0, pauseMs: 30_000, consecutiveFailures: 0, pending: null, approved: null },
    ...change,
  };
}
