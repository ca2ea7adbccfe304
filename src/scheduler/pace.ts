import type { Clock } from "../lib/clock.ts";
import type { RunView, SchedulerConfig, SchedulerStoreDeps } from "./deps.ts";
import type { Timers } from "./timers.ts";

/** Keeps the multiplication finite; `maxBackoffMs` is reached long before. */
const MAX_DOUBLINGS = 30;

/**
 * Time in ms from the end of a run to the next start: `minIntervalMs · 2^failures`, at most `maxBackoffMs` (or
 * `minIntervalMs` if that is longer). After a failure it is at least 1,000 ms.
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

/** Number of failed runs since the last one that was done; cancelled and unfinished runs do not count. @param runs newest first. */
export function countFailures(runs: readonly RunView[]): number {
  const sinceDone = runs.findIndex(({ status }) => status === "done");
  const recent = sinceDone < 0 ? runs : runs.slice(0, sinceDone);
  return recent.filter(({ status }) => status === "failed").length;
}

/** Time until the next run may start, on the monotonic clock: changing the system time neither starts nor delays a run. */
export class Pace {
  consecutiveFailures = 0;
  /** When the last run ended, on the monotonic clock. */
  #endedMs = Number.NEGATIVE_INFINITY;
  readonly #store: Pick<SchedulerStoreDeps, "recentLearningRuns">;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #config: () => SchedulerConfig;

  constructor(
    store: Pick<SchedulerStoreDeps, "recentLearningRuns">,
    clock: Clock,
    timers: Timers,
    config: () => SchedulerConfig,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#timers = timers;
    this.#config = config;
  }

  /** Milliseconds until the next run may start; 0 when it may start now. */
  waitMs(): number {
    return Math.max(0, this.#endedMs + this.pauseMs() - this.#timers.monotonicMs());
  }

  /** The complete pause after the last run, in ms. */
  pauseMs(): number {
    return pauseMs(this.consecutiveFailures, this.#config());
  }

  /** ISO time, or null when a run may start now. */
  notBefore(): string | null {
    const waitMs = this.waitMs();
    return waitMs === 0 ? null : new Date(this.#clock.now().getTime() + waitMs).toISOString();
  }

  /**
   * Restores the pause after a restart from the stored times. If the clock was set back, the wait is no longer than
   * after a run that has just ended.
   */
  async resume(): Promise<void> {
    const runs = await this.#store.recentLearningRuns();
    const finishedAt = runs.find((run) => run.finishedAt !== null)?.finishedAt ?? null;
    this.consecutiveFailures = countFailures(runs);
    if (finishedAt === null) return;
    const agoMs = Math.max(0, this.#clock.now().getTime() - Date.parse(finishedAt));
    this.#endedMs = this.#timers.monotonicMs() - agoMs;
  }

  /** Starts the pause after a run whose end is in the store. */
  async runEnded(): Promise<void> {
    try {
      this.consecutiveFailures = countFailures(await this.#store.recentLearningRuns());
    } catch (error) {
      this.startFailed();
      throw error;
    }
    this.#endedMs = this.#timers.monotonicMs();
  }

  /** Starts the pause after a run that could not even be stored. */
  startFailed(): void {
    this.consecutiveFailures += 1;
    this.#endedMs = this.#timers.monotonicMs();
  }
}
