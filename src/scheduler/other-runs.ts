import type { Actor } from "../domain/actor.ts";
import { hasEnded } from "../domain/runs/run.ts";
import type { Sentence } from "../lib/saying.ts";
import type { RunView, SchedulerDeps } from "./deps.ts";
import { CANCELLED, INTERRUPTED, NO_RESULT } from "./failures.ts";

/** The parts of the scheduler that other runs are settled with. */
export type OtherRunsDeps = Pick<SchedulerDeps, "store" | "clock" | "timers" | "processes" | "config">;

/** Runs that this scheduler did not start: from a terminal, or left behind by an earlier server. */
export class OtherRuns {
  readonly #cancelled = new Set<string>();
  readonly #deps: OtherRunsDeps;

  constructor(deps: OtherRunsDeps) {
    this.#deps = deps;
  }

  /** Marks every run without a living process as failed. For the start, before this scheduler has started anything. */
  async settleAtStart(): Promise<void> {
    for (const run of await this.#deps.store.unfinishedRuns()) {
      if (!this.#isAlive(run)) await this.#markEnd(run.id, INTERRUPTED);
    }
  }

  /**
   * Marks the end of runs whose process ended without reporting it. A run that has no process yet is skipped.
   * @returns the id of another process's run that is still running, or null, and whether any end was marked.
   */
  async settle(ownRunId: string | null): Promise<{ livingRunId: string | null; someEnded: boolean }> {
    let livingRunId: string | null = null;
    let someEnded = false;
    for (const run of await this.#deps.store.unfinishedRuns()) {
      if (run.id === ownRunId || run.pid === null) continue;
      if (this.#isAlive(run)) livingRunId = run.id;
      else if (await this.#markEnd(run.id, NO_RESULT)) someEnded = true;
    }
    return { livingRunId, someEnded };
  }

  /** Returns the id of a run that a living process is running; null for none. Nothing is marked. */
  async living(): Promise<string | null> {
    return (await this.#deps.store.unfinishedRuns()).find((run) => this.#isAlive(run))?.id ?? null;
  }

  /** Sends SIGTERM, and SIGKILL after `graceMs`. @returns false when the run has no living process. */
  async cancel(run: RunView, by: Actor): Promise<boolean> {
    const { pid } = run;
    if (pid === null || !this.#isAlive(run)) return false;
    if (!this.#cancelled.has(run.id)) await this.#deps.store.setCancelledBy(run.id, by);
    this.#cancelled.add(run.id);
    this.#deps.processes.kill(pid, "SIGTERM");
    this.#deps.timers.after(this.#deps.config().graceMs, () => {
      if (this.#isAlive(run)) this.#deps.processes.kill(pid, "SIGKILL");
    });
    return true;
  }

  #isAlive({ id, pid }: RunView): boolean {
    return pid !== null && this.#deps.processes.isAlive({ id, pid });
  }

  /**
   * Records the end of a run whose process has ended. An end that the process itself has just stored is kept.
   * @returns whether an end was recorded.
   */
  async #markEnd(id: string, reason: Sentence): Promise<boolean> {
    const isCancelled = this.#cancelled.delete(id);
    const run = await this.#deps.store.getRun(id);
    if (run === null || hasEnded(run)) return false;
    const { message, says } = isCancelled ? CANCELLED : reason;
    await this.#deps.store.endRun(id, {
      ...{ status: isCancelled ? "cancelled" : "failed", error: message, says },
      at: this.#deps.clock.now().toISOString(),
    });
    return true;
  }
}
