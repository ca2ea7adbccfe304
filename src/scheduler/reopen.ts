import type { CronTimes } from "../lib/cron.ts";
import type { RunView, SchedulerDeps } from "./deps.ts";
import { INTERRUPTED } from "./failures.ts";

const MINUTE_MS = 60_000;
/** Two years: no expression that is in use has a longer way back to its last time. */
const MAX_BACK_MS = 2 * 366 * 24 * 60 * MINUTE_MS;

/**
 * Returns the run that the end of the server has ended, if the scheduler is to start it again; null for none. That is the
 * last one, unless the one before it ended in the same way and for the same trigger: once is enough to tell that it was
 * not chance.
 *
 * @param runs newest first.
 */
function toStartAgain([last, before]: readonly RunView[]): RunView | null {
  if (last === undefined || !wasInterrupted(last)) return null;
  return before !== undefined && before.trigger === last.trigger && wasInterrupted(before) ? null : last;
}

/** Whether the server ended during the run: it was stopped, or killed. */
function wasInterrupted({ status, cancelledBy, error }: RunView): boolean {
  if (status === "cancelled") return cancelledBy?.kind === "schedule";
  return status === "failed" && error === INTERRUPTED.message;
}

/**
 * At the start: makes the time or the alarm count again whose run the end of the server has ended. Labels count anyway,
 * until a run with them is done.
 */
export async function reopen({ store, config }: Pick<SchedulerDeps, "store" | "config">): Promise<void> {
  const run = toStartAgain(await store.recentLearningRuns());
  if (run === null) return;
  if (run.trigger === "drift") return store.setAnsweredAlarm(null);
  const { cron } = config().rules;
  if (run.trigger !== "cron" || cron === null || run.startedAt === null) return;
  // Of a schedule that was changed in the meantime, no time was missed.
  if ((await store.state()).cron?.schedule !== cron.schedule) return;
  const afterMs = beforeLastTime(cron.times, Date.parse(run.startedAt));
  if (afterMs === null) return;
  await store.setCron({ schedule: cron.schedule, after: new Date(afterMs).toISOString() });
}

/** A moment from which the next time is not after `ms`; null when there is none in the two years before it. */
function beforeLastTime(times: CronTimes, ms: number): number | null {
  for (let backMs = MINUTE_MS; backMs <= MAX_BACK_MS; backMs *= 2) {
    const nextMs = times.next(ms - backMs);
    if (nextMs !== null && nextMs <= ms) return ms - backMs;
  }
  return null;
}
