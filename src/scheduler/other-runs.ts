import { hasEnded } from "../domain/run.ts";
import type { RunView, SchedulerDeps } from "./deps.ts";

/** Runs that this scheduler did not start: typed in a terminal, or left behind by a server that is gone. */
export class OtherRuns {
  private readonly cancelled = new Set<string>();

  constructor(private readonly deps: SchedulerDeps) {}

  /** At start, before this scheduler has started anything: what has no living process is marked failed. */
  async settleAtStart(): Promise<void> {
    for (const run of await this.deps.store.unfinishedRuns()) {
      if (!this.isAlive(run)) await this.markEnd(run.id, "Interrupted by a restart: its process is gone");
    }
  }

  /**
   * Marks the end of runs whose process has gone without a word. A run that has no process yet is left alone.
   * @returns the id of a run of another process that goes on, or null, and whether any end was marked.
   */
  async settle(ownRunId: string | null): Promise<{ livingRunId: string | null; someEnded: boolean }> {
    let livingRunId: string | null = null;
    let someEnded = false;
    for (const run of await this.deps.store.unfinishedRuns()) {
      if (run.id === ownRunId || run.pid === null) continue;
      if (this.isAlive(run)) livingRunId = run.id;
      else if (await this.markEnd(run.id, "Its process is gone and left no word")) someEnded = true;
    }
    return { livingRunId, someEnded };
  }

  /** SIGTERM, and SIGKILL after the grace. @returns false when the run has no living process. */
  cancel(run: RunView): boolean {
    const { pid } = run;
    if (pid === null || !this.isAlive(run)) return false;
    this.cancelled.add(run.id);
    this.deps.processes.kill(pid, "SIGTERM");
    this.deps.timers.after(this.deps.config.graceMs, () => {
      if (this.isAlive(run)) this.deps.processes.kill(pid, "SIGKILL");
    });
    return true;
  }

  private isAlive({ id, pid }: RunView): boolean {
    return pid !== null && this.deps.processes.isAlive({ id, pid });
  }

  /**
   * For a run whose process is known to be gone: it may have stored its end just before, which then stands.
   * @returns whether there was an end to mark.
   */
  private async markEnd(id: string, reason: string): Promise<boolean> {
    const isCancelled = this.cancelled.delete(id);
    const run = await this.deps.store.getRun(id);
    if (run === null || hasEnded(run)) return false;
    await this.deps.store.endRun(id, {
      status: isCancelled ? "cancelled" : "failed",
      error: isCancelled ? "Cancelled" : reason,
      at: this.deps.clock.now().toISOString(),
    });
    return true;
  }
}
