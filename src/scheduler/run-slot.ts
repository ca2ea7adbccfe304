import type { Actor } from "../domain/actor.ts";
import { hasEnded } from "../domain/runs/run.ts";
import { type RunSlice, shellQuote, sliceWords } from "../domain/runs/run-slice.ts";
import { UnavailableError } from "../lib/errors.ts";
import type { Sentence } from "../lib/saying.ts";
import type { ChildExit, ChildHandle, RunEnd, RunView, SchedulerDeps } from "./deps.ts";
import { cannotStart, processFailed, stillRunning } from "./failures.ts";

/** How long a new run waits for the process of one whose end is stored: it only has to close its files. */
const LEAVE_MS = 10_000;

/** A run to start. */
export interface RunRequest {
  pipeline: string;
  params: Record<string, unknown>;
  /** The part of the pipeline to run; all of it when omitted. */
  slice?: RunSlice;
  /** The id of a failed or cancelled run to continue; its saved outputs are used again. None when omitted. */
  resume?: string;
  trigger: string;
  startedBy: Actor;
}

interface ActiveRun {
  id: string;
  pipeline: string;
  startedBy: Actor;
  startedMs: number;
  /** Null until the process exists. */
  child: ChildHandle | null;
  /** Why it was cancelled; null when it was not. */
  cancelReason: Sentence | null;
  /** Who cancelled it; null when no one did. */
  cancelledBy: Actor | null;
  /** Why its process could not be started; null when it was. */
  startFailure: Sentence | null;
  /** Resolves once the store knows how it ended and the slot is free. */
  ended: PromiseWithResolvers<void>;
}

/** The only slot for a child process: occupied from the decision to start a run until its end is stored. */
export class RunSlot {
  #active: ActiveRun | null = null;
  readonly #deps: SchedulerDeps;
  readonly #onEnded: () => Promise<void>;

  /** @param onEnded called and awaited after the end is stored, before the slot is free. */
  constructor(deps: SchedulerDeps, onEnded: () => Promise<void>) {
    this.#deps = deps;
    this.#onEnded = onEnded;
  }

  runId(): string | null {
    return this.#active?.id ?? null;
  }

  /** Waits until a run whose end is already stored, and so is visible, has left the slot. */
  async leave(): Promise<void> {
    const active = this.#active;
    const run = active === null ? null : await this.#deps.store.getRun(active.id);
    if (active === null || run === null || !hasEnded(run)) return;
    const late = Promise.withResolvers<void>();
    const callOff = this.#deps.timers.after(LEAVE_MS, late.resolve);
    await Promise.race([active.ended.promise, late.promise]);
    callOff();
  }

  /**
   * Stores the run and starts its process.
   * @returns the run's id, once the process has been started.
   * @throws ConflictError when the slot is occupied; UnavailableError when the process cannot be started: the run
   *   is then stored as failed.
   */
  async launch(request: RunRequest): Promise<string> {
    if (this.#active !== null) throw stillRunning(this.#active.id);
    const active: ActiveRun = {
      id: this.#deps.newId(),
      pipeline: request.pipeline,
      startedBy: request.startedBy,
      startedMs: this.#deps.timers.monotonicMs(),
      child: null,
      cancelReason: null,
      cancelledBy: null,
      startFailure: null,
      ended: Promise.withResolvers<void>(),
    };
    this.#active = active;
    const params = this.#deps.formatParams(request.params);
    try {
      await this.#store(active.id, request, params);
    } catch (error) {
      this.#release(active);
      throw error;
    }
    if (active.cancelReason === null) {
      await this.#startChild(active, {
        runId: active.id,
        pipeline: request.pipeline,
        params,
        ...(request.slice === undefined ? {} : { slice: request.slice }),
        ...(request.resume === undefined ? {} : { resume: request.resume }),
      });
    } else {
      await this.#settle(active, null);
    }
    return active.id;
  }

  /** Ends the child: SIGTERM, then SIGKILL after `graceMs`. Resolves when the run is stored as cancelled. */
  async cancel(reason: Sentence, by: Actor): Promise<void> {
    const active = this.#active;
    if (active === null) return;
    if (active.cancelReason === null) {
      active.cancelReason = reason;
      active.cancelledBy = by;
      // A store that cannot be written to must not keep the process alive.
      await this.#deps.store.setCancelledBy(active.id, by).catch((error) => this.#report(error));
    }
    const { child } = active;
    if (child === null) return active.ended.promise;
    child.kill("SIGTERM");
    const callOff = this.#deps.timers.after(this.#deps.config().graceMs, () => child.kill("SIGKILL"));
    await active.ended.promise;
    callOff();
  }

  async #store(
    id: string,
    { pipeline, params, slice = {}, resume, trigger, startedBy }: RunRequest,
    paramsText: string,
  ): Promise<void> {
    await this.#deps.store.createRun({
      id,
      pipeline,
      params,
      trigger,
      command:
        resume === undefined ? commandLine(pipeline, slice, paramsText) : resumingLine(resume, paramsText),
      at: this.#now(),
      lastSampleId: await this.#deps.store.latestSampleId(),
      startedBy,
    });
  }

  async #startChild(active: ActiveRun, request: Parameters<SchedulerDeps["spawnRun"]>[0]): Promise<void> {
    try {
      active.child = this.#deps.spawnRun(request);
    } catch (error) {
      active.startFailure = cannotStart(active.id, error);
      await this.#settle(active, null);
      const { message, says } = active.startFailure;
      throw new UnavailableError(message, { cause: error, says });
    }
    const { child } = active;
    child.exited.then((exit) => this.#settle(active, exit));
    const { id: runId, pipeline, startedBy } = active;
    this.#deps.onEvent?.({ type: "run_started", runId, pipeline, startedBy });
    await this.#deps.store.setRunPid(active.id, child.pid).catch((error) => this.#report(error));
  }

  /** @param exit null when no process was started. */
  async #settle(active: ActiveRun, exit: ChildExit | null): Promise<void> {
    let status: RunView["status"] = "failed";
    let error: string | null = null;
    try {
      const run = await this.#deps.store.getRun(active.id);
      const end = this.#endOf(active, exit, run);
      if (end !== null) await this.#deps.store.endRun(active.id, end);
      status = end?.status ?? run?.status ?? "failed";
      error = end?.error ?? null;
    } catch (problem) {
      this.#report(problem);
    }
    await this.#onEnded().catch((problem) => this.#report(problem));
    this.#release(active);
    const { id: runId, pipeline, startedMs, cancelledBy } = active;
    const durationMs = Math.round(this.#deps.timers.monotonicMs() - startedMs);
    const end = { runId, pipeline, status, error, cancelledBy, durationMs };
    this.#deps.onEvent?.({ type: "run_ended", ...end });
  }

  /**
   * The end to store; null when the process has stored it. A cancelled run counts as cancelled, not as failed, and one that
   * something else has ended, such as a guard of the machine's memory, counts as failed, so that the next one waits longer.
   */
  #endOf(active: ActiveRun, exit: ChildExit | null, run: RunView | null): RunEnd | null {
    const { cancelReason, startFailure } = active;
    if (run !== null && hasEnded(run) && !isMisnamed(run, cancelReason !== null)) return null;
    const at = this.#now();
    if (cancelReason !== null) return { status: "cancelled", ...errorOf(cancelReason), at };
    if (exit?.code === 0) return { status: "done", error: null, at };
    const failure = exit === null ? startFailure : processFailed(exit);
    return { status: "failed", ...errorOf(failure), at };
  }

  #release(active: ActiveRun): void {
    this.#active = null;
    active.ended.resolve();
  }

  #report(error: unknown): void {
    this.#deps.onEvent?.({ type: "error", error });
  }

  #now(): string {
    return this.#deps.clock.now().toISOString();
  }
}

/** Whether a run has stored another end than it had. @param isCancelled whether the server has cancelled it. */
function isMisnamed({ status, cancelledBy }: RunView, isCancelled: boolean): boolean {
  if (isCancelled) return status === "failed";
  // It took a signal for the server's.
  return status === "cancelled" && cancelledBy?.kind === "schedule";
}

function errorOf(reason: Sentence | null): Pick<RunEnd, "error" | "says"> {
  return { error: reason?.message ?? "", says: reason?.says };
}

/** The command line that repeats the run. */
function commandLine(pipeline: string, slice: RunSlice, params: string): string {
  const words = ["tegaki", "run", "--pipeline", shellQuote(pipeline)];
  for (const [flag, names] of sliceWords(slice)) words.push(flag, shellQuote(names));
  return (params === "" ? words : [...words, "--params", shellQuote(params)]).join(" ");
}

/** The command line that continues a run in the same way. */
function resumingLine(resume: string, params: string): string {
  const words = ["tegaki", "run", "--resume", shellQuote(resume)];
  return (params === "" ? words : [...words, "--params", shellQuote(params)]).join(" ");
}
