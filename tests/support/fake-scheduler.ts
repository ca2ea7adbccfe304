import { noRun, notRunning, stillRunning } from "../../src/scheduler/failures.ts";
import type { FirstModelProgress } from "../../src/scheduler/first-model.ts";
import type { Scheduler } from "../../src/scheduler/scheduler.ts";
import type { SchedulerStatus } from "../../src/scheduler/status.ts";

/** Starts nothing: records its calls, and treats one run as running until it is cancelled. */
export class FakeScheduler implements Scheduler {
  runningRunId: string | null = null;
  newSamples = 0;
  firstModel: FirstModelProgress | null = null;
  readonly triggered: Parameters<Scheduler["trigger"]>[0][] = [];

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async status(): Promise<SchedulerStatus> {
    return {
      isPaused: false,
      newSamples: this.newSamples,
      threshold: 500,
      runningRunId: this.runningRunId,
      notBefore: null,
      consecutiveFailures: 0,
      firstModel: this.firstModel,
    };
  }

  async trigger(request: Parameters<Scheduler["trigger"]>[0]) {
    if (this.runningRunId !== null) throw stillRunning(this.runningRunId);
    this.triggered.push(request);
    this.runningRunId = `run-${this.triggered.length}`;
    return { runId: this.runningRunId };
  }

  async cancel(runId: string): Promise<void> {
    if (runId.startsWith("unknown")) throw noRun(runId);
    if (runId !== this.runningRunId) throw notRunning(runId);
    this.runningRunId = null;
  }

  async setPaused(): Promise<void> {}

  notifyNewSample(): void {
    this.newSamples += 1;
  }
}
