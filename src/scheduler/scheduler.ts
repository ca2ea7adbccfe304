import { type Actor, SCHEDULE } from "../domain/actor.ts";
import { LEARNING_PIPELINES } from "../domain/pipeline-names.ts";
import { hasEnded } from "../domain/runs/run.ts";
import type { SchedulerRequest } from "../domain/scheduler/request.ts";
import { alarmOf } from "./decision/conditions.ts";
import { type Decision, decide } from "./decision/decide.ts";
import type { Facts } from "./decision/facts.ts";
import { running, started } from "./decision/sentences.ts";
import type { SchedulerDeps } from "./deps.ts";
import { CANCELLED, noRun, notRunning, SERVER_STOPPED, serverStopping, stillRunning } from "./failures.ts";
import { LabelAge } from "./label-age.ts";
import { every, type Loop } from "./loop.ts";
import { OtherRuns } from "./other-runs.ts";
import { OutlookReader } from "./outlook.ts";
import { Pace } from "./pace.ts";
import { readFacts } from "./read-facts.ts";
import { reopen } from "./reopen.ts";
import { decideRequest, setPaused, type Verdict } from "./requests.ts";
import { type RunRequest, RunSlot } from "./run-slot.ts";
import { singleFlight } from "./single-flight.ts";
import type { SchedulerOutlook, SchedulerStatus } from "./status.ts";

/** Decides when to train, and starts and cancels runs. */
export interface Scheduler {
  /** Settles runs of earlier processes, then starts checking. */
  start(): Promise<void>;
  /** Stops checking and cancels the running child process, if any. Resolves when its end is stored. */
  stop(): Promise<void>;
  status(): Promise<SchedulerStatus>;
  /** Every condition, and the next run. @param at the time of a dry run. @throws InputError for a time that has passed. */
  outlook(at?: Date): Promise<SchedulerOutlook>;
  /** Starts a run now. @throws ConflictError when another run is still running. */
  trigger(request: RunRequest): Promise<{ runId: string }>;
  /** Cancels a run. @throws NotFoundError when it does not exist; ConflictError when it is not running. */
  cancel(runId: string, by: Actor): Promise<void>;
  setPaused(change: { paused: boolean; by: Actor; reason: string | null }): Promise<void>;
  /** Approves or declines a request, see `decideRequest`. */
  decide(requestId: number, verdict: Verdict): Promise<SchedulerRequest>;
  /** Checks at once whether a run is due. Call it after storing a label. */
  notifyNewSample(): void;
}

/** Runs one pipeline at a time, each in a child process. */
class RunScheduler implements Scheduler {
  readonly #slot: RunSlot;
  readonly #others: OtherRuns;
  readonly #pace: Pace;
  readonly #age = new LabelAge();
  readonly #reader: OutlookReader;
  readonly #check = singleFlight(() => this.#startIfDue());
  #loop: Loop | null = null;
  #isStopped = false;
  /** A run of another process that was running at the last check. */
  #otherRunId: string | null = null;
  #lastDecision: Decision["decision"] | null = null;
  /** A request whose run could not be started: it is tried again after the pause. */
  #failedRequestId: number | null = null;
  readonly #deps: SchedulerDeps;

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
    const { store, clock, timers, config } = deps;
    this.#pace = new Pace(store, clock, timers, config);
    this.#reader = new OutlookReader(deps, this.#pace, this.#age);
    this.#others = new OtherRuns(deps);
    this.#slot = new RunSlot(deps, () => this.#pace.runEnded());
  }

  async start(): Promise<void> {
    await this.#others.settleAtStart();
    await this.#pace.resume();
    await reopen(this.#deps);
    const { timers, config } = this.#deps;
    this.#loop = every(timers, config().checkIntervalMs, this.#check, (error) => this.#report(error));
    this.notifyNewSample();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loop?.stop();
    await this.#slot.cancel(SERVER_STOPPED, SCHEDULE);
  }

  status(): Promise<SchedulerStatus> {
    return this.#reader.status(this.#runningRunId());
  }

  outlook(at?: Date): Promise<SchedulerOutlook> {
    return this.#reader.outlook(this.#runningRunId(), at);
  }

  async trigger(request: RunRequest): Promise<{ runId: string }> {
    await this.#lookAtOthers();
    await this.#slot.leave();
    if (this.#isStopped) throw serverStopping();
    const runningRunId = this.#runningRunId();
    if (runningRunId !== null) throw stillRunning(runningRunId);
    const runId = await this.#slot.launch(request);
    if (LEARNING_PIPELINES.some((name) => name === request.pipeline)) await this.#withdrawRuns();
    return { runId };
  }

  async cancel(runId: string, by: Actor): Promise<void> {
    if (this.#slot.runId() === runId) return this.#slot.cancel(CANCELLED, by);
    const run = await this.#deps.store.getRun(runId);
    if (run === null) throw noRun(runId);
    if (hasEnded(run) || !(await this.#others.cancel(run, by))) throw notRunning(runId);
  }

  async setPaused(change: { paused: boolean; by: Actor; reason: string | null }): Promise<void> {
    await setPaused(this.#deps, change);
    this.notifyNewSample();
  }

  async decide(requestId: number, verdict: Verdict): Promise<SchedulerRequest> {
    const request = await decideRequest(this.#deps, requestId, verdict);
    this.notifyNewSample();
    return request;
  }

  notifyNewSample(): void {
    this.#check().catch((error) => this.#report(error));
  }

  async #startIfDue(): Promise<void> {
    if (this.#isStopped) return;
    await this.#lookAtOthers();
    const runningRunId = this.#runningRunId();
    if (runningRunId !== null) {
      return this.#record({ decision: "running", why: running(runningRunId), conditions: undefined });
    }
    const facts = await this.#readFacts();
    const decision = decide(facts, this.#deps.config().rules, facts.readMs);
    await this.#record(decision);
    await this.#settleRequests(facts, decision);
    if (this.#isStopped || this.#slot.runId() !== null || decision.decision !== "start") return;
    const isHeld = facts.approved === null || facts.approved.id === this.#failedRequestId;
    if (isHeld && this.#pace.waitMs() > 0) return;
    await this.#launchOrWait(decision, facts);
  }

  async #readFacts(): Promise<Facts> {
    const { store, config } = this.#deps;
    const facts = await readFacts(this.#deps, { pace: this.#pace, age: this.#age, runningRunId: null });
    const { cron } = config().rules;
    if (cron !== null) await this.#keepCron(cron.schedule, facts.cronAfterMs, (await store.state()).cron);
    return facts;
  }

  /** Stores the mark of a new schedule, or of a clock that was set back. */
  async #keepCron(schedule: string, afterMs: number, stored: { schedule: string; after: string } | null) {
    const after = new Date(afterMs).toISOString();
    if (stored?.schedule === schedule && stored.after === after) return;
    await this.#deps.store.setCron({ schedule, after });
  }

  /** Requests approval, and withdraws requests that no person has to decide any longer. */
  async #settleRequests({ pending }: Facts, { decision, isDue, conditions, pipeline, trigger }: Decision) {
    const { store } = this.#deps;
    if (decision === "approval" && pending === null) {
      const { message: reason, says } = started(conditions);
      await store.addRequest({
        ...{ kind: "run", state: "pending", pipeline, trigger, reason, says, requestedBy: SCHEDULE },
        ...{ modelVersion: null, expectedPrevious: null },
      });
    }
    if (!isDue && pending !== null) await store.settleRequest(pending.id, { state: "withdrawn" });
    const promotions = (await store.openRequests()).filter(
      ({ kind, state }) => kind === "promotion" && state === "pending",
    );
    if (promotions.length === 0) return;
    const champion = await store.championVersion();
    for (const { id, expectedPrevious } of promotions) {
      if (expectedPrevious !== champion) await store.settleRequest(id, { state: "withdrawn" });
    }
  }

  /** Starts the run. One that cannot even be stored (disk full) is not retried at every check. */
  async #launchOrWait({ pipeline, trigger }: Decision, { approved, readMs, drift }: Facts): Promise<void> {
    const { store, config } = this.#deps;
    try {
      const startedBy = approved?.decidedBy ?? SCHEDULE;
      const runId = await this.#slot.launch({ pipeline, params: {}, trigger, startedBy });
      if (approved !== null) await store.settleRequest(approved.id, { state: "done", runId });
      await this.#withdrawRuns();
      if (drift?.isDrifting) await store.setAnsweredAlarm(alarmOf(drift));
      const { cron } = config().rules;
      if (cron !== null) {
        await store.setCron({ schedule: cron.schedule, after: new Date(readMs).toISOString() });
      }
    } catch (error) {
      this.#failedRequestId = approved?.id ?? null;
      if (this.#pace.waitMs() === 0) this.#pace.startFailed();
      throw error;
    }
  }

  /** A run is training on the labels that the pending ones were about. */
  async #withdrawRuns(): Promise<void> {
    const { store } = this.#deps;
    for (const { id, kind, state } of await store.openRequests()) {
      if (kind === "run" && state === "pending") await store.settleRequest(id, { state: "withdrawn" });
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
  async #record({
    decision,
    why,
    conditions,
  }: Pick<Decision, "decision" | "why"> & { conditions: Decision["conditions"] | undefined }): Promise<void> {
    if (decision === this.#lastDecision) return;
    const at = this.#deps.clock.now().toISOString();
    const { message: detail, says } = why;
    await this.#deps.store.recordTick({ at, decision, detail, says, conditions });
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
