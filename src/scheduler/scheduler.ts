import { FIRST, TUNING } from "../domain/pipeline-names.ts";
import { hasEnded } from "../domain/runs/run.ts";
import type { RunSlice } from "../domain/runs/run-slice.ts";
import type { SchedulerDeps } from "./deps.ts";
import { CANCELLED, noRun, notRunning, SERVER_STOPPED, serverStopping, stillRunning } from "./failures.ts";
import { decideFirst, type FirstModelProgress, firstModelProgress } from "./first-model.ts";
import { every, type Loop } from "./loop.ts";
import { OtherRuns } from "./other-runs.ts";
import { Pace } from "./pace.ts";
import { type RunRequest, RunSlot } from "./run-slot.ts";
import { type Decision, decide } from "./schedule.ts";
import { singleFlight } from "./single-flight.ts";
import type { SchedulerStatus } from "./status.ts";

/** Decides when to train, and starts and cancels runs. */
export interface Scheduler {
  /** Settles runs of earlier processes, then starts checking. */
  start(): Promise<void>;
  /** Stops checking and cancels the running child process, if any. Resolves when its end is stored. */
  stop(): Promise<void>;
  status(): Promise<SchedulerStatus>;
  /** Starts a run now. @throws ConflictError when another run is still running. */
  trigger(request: {
    pipeline: string;
    params: Record<string, unknown>;
    /** The part of the pipeline to run; all of it when omitted. */
    slice?: RunSlice;
    trigger: string;
  }): Promise<{ runId: string }>;
  /** Cancels a run. @throws NotFoundError when it does not exist; ConflictError when it is not running. */
  cancel(runId: string): Promise<void>;
  setPaused(isPaused: boolean): Promise<void>;
  /** Checks at once whether a run is due. Call it after storing a label. */
  notifyNewSample(): void;
}

/** Runs one pipeline at a time, each in a child process. */
class RunScheduler implements Scheduler {
  readonly #slot: RunSlot;
  readonly #others: OtherRuns;
  readonly #pace: Pace;
  readonly #check = singleFlight(() => this.#startIfDue());
  #loop: Loop | null = null;
  #isStopped = false;
  /** A run of another process that was running at the last check. */
  #otherRunId: string | null = null;
  #lastDecision: Decision["decision"] | null = null;
  readonly #deps: SchedulerDeps;

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
    const { store, clock, timers, config } = deps;
    this.#pace = new Pace(store, clock, timers, config);
    this.#others = new OtherRuns(deps);
    this.#slot = new RunSlot(deps, () => this.#pace.runEnded());
  }

  async start(): Promise<void> {
    await this.#others.settleAtStart();
    await this.#pace.resume();
    const { timers, config } = this.#deps;
    this.#loop = every(timers, config.checkIntervalMs, this.#check, (error) => this.#report(error));
    this.notifyNewSample();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loop?.stop();
    await this.#slot.cancel(SERVER_STOPPED);
  }

  async status(): Promise<SchedulerStatus> {
    return {
      isPaused: await this.#deps.store.isPaused(),
      newSamples: await this.#deps.store.countNewSamples(),
      threshold: this.#deps.config.threshold,
      runningRunId: this.#runningRunId(),
      notBefore: this.#pace.notBefore(),
      consecutiveFailures: this.#pace.consecutiveFailures,
      firstModel: await this.#firstModel(),
    };
  }

  async trigger(request: RunRequest): Promise<{ runId: string }> {
    await this.#lookAtOthers();
    await this.#slot.leave();
    if (this.#isStopped) throw serverStopping();
    const runningRunId = this.#runningRunId();
    if (runningRunId !== null) throw stillRunning(runningRunId);
    return { runId: await this.#slot.launch(request) };
  }

  async cancel(runId: string): Promise<void> {
    if (this.#slot.runId() === runId) return this.#slot.cancel(CANCELLED);
    const run = await this.#deps.store.getRun(runId);
    if (run === null) throw noRun(runId);
    if (hasEnded(run) || !this.#others.cancel(run)) throw notRunning(runId);
  }

  async setPaused(isPaused: boolean): Promise<void> {
    await this.#deps.store.setPaused(isPaused);
    this.notifyNewSample();
  }

  notifyNewSample(): void {
    this.#check().catch((error) => this.#report(error));
  }

  async #startIfDue(): Promise<void> {
    if (this.#isStopped) return;
    const { store, config } = this.#deps;
    await this.#lookAtOthers();
    const runningRunId = this.#runningRunId();
    const first = runningRunId === null ? await this.#firstModel() : null;
    const situation = {
      runningRunId,
      isPaused: await store.isPaused(),
      newSamples: runningRunId === null ? await store.countNewSamples() : 0,
      threshold: config.threshold,
      waitMs: this.#pace.waitMs(),
      consecutiveFailures: this.#pace.consecutiveFailures,
    };
    const decision = first === null ? decide(situation) : decideFirst(situation, first);
    await this.#record(decision);
    const hasChanged = this.#isStopped || this.#slot.runId() !== null || this.#pace.waitMs() > 0;
    if (decision.decision !== "start" || hasChanged) return;
    await this.#launchOrWait(first === null ? TUNING : FIRST);
  }

  /** Null when there is a model. */
  async #firstModel(): Promise<FirstModelProgress | null> {
    const { store, config } = this.#deps;
    if (await store.hasModel()) return null;
    return firstModelProgress(await store.labels(), config.firstModel);
  }

  /** Starts the run. One that cannot even be stored (disk full) is not retried at every check. */
  async #launchOrWait(pipeline: string): Promise<void> {
    try {
      await this.#slot.launch({ pipeline, params: {}, trigger: "new_samples" });
    } catch (error) {
      if (this.#pace.waitMs() === 0) this.#pace.startFailed();
      throw error;
    }
  }

  async #lookAtOthers(): Promise<void> {
    const before = this.#otherRunId;
    const { livingRunId, someEnded } = await this.#others.settle(this.#slot.runId());
    this.#otherRunId = livingRunId;
    if (someEnded || (before !== null && livingRunId !== before)) await this.#pace.runEnded();
  }

  #runningRunId(): string | null {
    return this.#slot.runId() ?? this.#otherRunId;
  }

  /** Records a decision only when it differs from the last one, because checks are seconds apart. */
  async #record({ decision, detail }: Decision): Promise<void> {
    if (decision === this.#lastDecision) return;
    await this.#deps.store.recordTick({ at: this.#deps.clock.now().toISOString(), decision, detail });
    this.#lastDecision = decision;
  }

  #report(error: unknown): void {
    this.#deps.onEvent?.({ type: "error", error });
  }
}

/** Creates a scheduler; it does nothing before `start`. */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  return new RunScheduler(deps);
}
