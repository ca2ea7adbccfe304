import type { Actor } from "../../src/domain/actor.ts";
import type { SchedulerRequest } from "../../src/domain/scheduler/request.ts";
import type { SchedulerStore } from "../../src/domain/store.ts";
import { NotFoundError } from "../../src/lib/errors.ts";
import { decide } from "../../src/scheduler/decision/decide.ts";
import { nextRun } from "../../src/scheduler/decision/next-run.ts";
import { noRun, notRunning, stillRunning } from "../../src/scheduler/failures.ts";
import type { FirstModelProgress } from "../../src/scheduler/first-model.ts";
import type { Verdict } from "../../src/scheduler/requests.ts";
import type { Scheduler } from "../../src/scheduler/scheduler.ts";
import type { SchedulerOutlook, SchedulerStatus } from "../../src/scheduler/status.ts";
import { facts, NOW_MS, rules } from "../scheduler/decision/facts.ts";

/** Starts nothing: records its calls, and treats one run as running until it is cancelled. */
export class FakeScheduler implements Scheduler {
  runningRunId: string | null = null;
  newSamples = 0;
  firstModel: FirstModelProgress | null = null;
  isPaused = false;
  pausedBy: Actor | null = null;
  pauseReason: string | null = null;
  /** The requests that are decided. */
  requests: Pick<SchedulerStore, "decideRequest"> | null = null;
  /** Who cancelled runs, in order. */
  readonly cancelledBy: Actor[] = [];
  readonly triggered: Parameters<Scheduler["trigger"]>[0][] = [];

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async status(): Promise<SchedulerStatus> {
    return {
      isPaused: this.isPaused,
      newSamples: this.newSamples,
      threshold: 500,
      runningRunId: this.runningRunId,
      notBefore: null,
      consecutiveFailures: 0,
      isHeld: false,
      firstModel: this.firstModel,
    };
  }

  async outlook(at = new Date(NOW_MS)): Promise<SchedulerOutlook> {
    const { newSamples, runningRunId, isPaused, firstModel: first } = this;
    const situation = facts({ newSamples, runningRunId, isPaused, first });
    const next = nextRun(situation, rules(), NOW_MS);
    return {
      status: await this.status(),
      at: at.toISOString(),
      decision: decide(situation, rules(), Math.max(NOW_MS, at.getTime())),
      nextAt: next.atMs === null ? null : new Date(next.atMs).toISOString(),
      next: next.decision,
      combine: "any",
      approval: "none",
      pause: { isPaused, by: this.pausedBy, reason: this.pauseReason, at: null },
    };
  }

  async trigger(request: Parameters<Scheduler["trigger"]>[0]) {
    if (this.runningRunId !== null) throw stillRunning(this.runningRunId);
    this.triggered.push(request);
    this.runningRunId = `run-${this.triggered.length}`;
    return { runId: this.runningRunId };
  }

  async cancel(runId: string, by: Actor): Promise<void> {
    if (runId.startsWith("unknown")) throw noRun(runId);
    if (runId !== this.runningRunId) throw notRunning(runId);
    this.runningRunId = null;
    this.cancelledBy.push(by);
  }

  async setPaused(change: { paused: boolean; by: Actor; reason: string | null }): Promise<void> {
    this.isPaused = change.paused;
    this.pausedBy = change.by;
    this.pauseReason = change.reason;
  }

  async decide(requestId: number, { state, by, reason }: Verdict): Promise<SchedulerRequest> {
    if (this.requests === null) throw new NotFoundError(`There is no request ${requestId}`);
    return this.requests.decideRequest(requestId, { state, by, reason });
  }

  notifyNewSample(): void {
    this.newSamples += 1;
  }
}
