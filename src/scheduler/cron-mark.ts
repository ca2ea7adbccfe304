import type { CronMark } from "../domain/scheduler/state.ts";

/** A clock that is set back by less keeps the mark, so that a small correction does not repeat a tick. */
const TOLERANCE_MS = 600_000;

/**
 * The time after which ticks of a schedule count. A new schedule counts from now: it has missed nothing. When the clock
 * was set back, ticks also count from now; otherwise none would come until the clock has caught up.
 */
export function cronMark(stored: CronMark | null, schedule: string, nowMs: number): CronMark {
  const isOurs = stored !== null && stored.schedule === schedule;
  if (isOurs && Date.parse(stored.after) <= nowMs + TOLERANCE_MS) return stored;
  return { schedule, after: new Date(nowMs).toISOString() };
}
