import type { Clock } from "../lib/clock.ts";
import type { RunView, SchedulerConfig, SchedulerStoreDeps } from "./deps.ts";
import type { Timers } from "./timers.ts";

/** Keeps the multiplication finite; the cap is reached long before. */
const MAX_DOUBLINGS = 30;

/**
 * From the end of a run to the next start: `minIntervalMs · 2^failures`, at most `maxBackoffMs` (or
 * `minIntervalMs` where that is longer). After a failure it is at least a second.
 */
export function pauseMs(
  consecutiveFailures: number,
  config: Pick<SchedulerConfig, "minIntervalMs" | "maxBackoffMs">,
) {
  const { minIntervalMs, maxBackoffMs } = config;
  if (consecutiveFailures === 0) return minIntervalMs;
  const doubled = Math.max(minIntervalMs, 1_000) * 2 ** Math.min(consecutiveFailures, MAX_DOUBLINGS);
  return Math.max(minIntervalMs, Math.min(doubled, maxBackoffMs));
}

/** Failed runs since the last one that was done, newest first; cancelled and unfinished ones say nothing. */
export function countFailures(runs: readonly RunView[]): number {
  const sinceDone = runs.findIndex(({ status }) => status === "done");
  const recent = sinceDone < 0 ? runs : runs.slice(0, sinceDone);
  return recent.filter(({ status }) => status === "failed").length;
}

/** When the next run may start. Measured on the monotonic clock, so that setting the time neither starts nor delays one. */
export class Pace {
  consecutiveFailures = 0;
  private notBeforeMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: Pick<SchedulerStoreDeps, "recentLearningRuns">,
    private readonly clock: Clock,
    private readonly timers: Timers,
    private readonly config: SchedulerConfig,
  ) {}

  waitMs(): number {
    return Math.max(0, this.notBeforeMs - this.timers.monotonicMs());
  }

  /** ISO time, or null when a run may start now. */
  notBefore(): string | null {
    const waitMs = this.waitMs();
    return waitMs === 0 ? null : new Date(this.clock.now().getTime() + waitMs).toISOString();
  }

  /**
   * After a restart, when only the stored times tell how long ago the last run ended. A clock that was set back
   * makes the wait no longer than after a run that ended just now.
   */
  async resume(): Promise<void> {
    const runs = await this.store.recentLearningRuns();
    const finishedAt = runs.find((run) => run.finishedAt !== null)?.finishedAt ?? null;
    this.consecutiveFailures = countFailures(runs);
    if (finishedAt === null) return;
    const agoMs = Math.max(0, this.clock.now().getTime() - Date.parse(finishedAt));
    this.waitFromNow(pauseMs(this.consecutiveFailures, this.config) - agoMs);
  }

  /** A run has just ended, and the store knows how. */
  async runEnded(): Promise<void> {
    try {
      this.consecutiveFailures = countFailures(await this.store.recentLearningRuns());
    } catch (error) {
      this.startFailed();
      throw error;
    }
    this.waitFromNow(pauseMs(this.consecutiveFailures, this.config));
  }

  /** A run could not even be stored. */
  startFailed(): void {
    this.consecutiveFailures += 1;
    this.waitFromNow(pauseMs(this.consecutiveFailures, this.config));
  }

  private waitFromNow(waitMs: number): void {
    this.notBeforeMs = this.timers.monotonicMs() + waitMs;
  }
}
