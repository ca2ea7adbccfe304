import type { Actor } from "../actor.ts";

/** The scheduler's state that survives a restart. Times are ISO 8601, UTC. */
export interface SchedulerState {
  paused: boolean;
  /** Who paused or resumed it last, why and when; null for an older record. */
  changedBy: Actor | null;
  reason: string | null;
  changedAt: string | null;
  /** The cron schedule in use, and the time after which its ticks count; null before the first one. */
  cron: CronMark | null;
  /** The alarm of drift that the last run was started with, by the time at which it began; null for none. */
  answeredAlarm: string | null;
  /** When a person declined a run, and the newest sample then: triggers count from there. Null for never. */
  declined: { at: string; lastSampleId: string | null } | null;
}

/** Until when the ticks of a cron schedule have been handled. */
export interface CronMark {
  /** The expression and its time zone: ticks of another schedule were never missed. */
  schedule: string;
  after: string;
}
