import type { Actor } from "../domain/actor.ts";
import type { EndStatus, Run } from "../domain/runs/run.ts";
import type { RunSlice } from "../domain/runs/run-slice.ts";
import type { DriftState } from "../domain/scheduler/drift-state.ts";
import type { NewRequest, SchedulerRequest } from "../domain/scheduler/request.ts";
import type { CronMark, SchedulerState } from "../domain/scheduler/state.ts";
import type { SchedulerTick } from "../domain/scheduler/tick.ts";
import type { SchedulerStore } from "../domain/store.ts";
import type { Clock } from "../lib/clock.ts";
import type { Saying } from "../lib/saying.ts";
import type { Rules } from "./decision/rules.ts";
import type { FirstModelNeeds, LabelCounts } from "./first-model.ts";
import type { Timers } from "./timers.ts";

/** The fields of a run that the scheduler reads. */
export type RunView = Pick<
  Run,
  "id" | "pipeline" | "status" | "pid" | "startedAt" | "finishedAt" | "trigger" | "cancelledBy" | "error"
>;

/** How and when a run ended. */
export interface RunEnd {
  status: EndStatus;
  /** In English; null for a run that is done. */
  error: string | null;
  /** The error as data, for pages in other languages. */
  says?: Saying | undefined;
  /** ISO time. */
  at: string;
}

/** The labels since the last finished training run, or since a person declined one. */
export interface News {
  /** Labels that no finished run was trained on, and that no person declined to train on. */
  newSamples: number;
  /** Labels that no finished run was trained on, with those that a person declined. */
  untrained: number;
  /** Labels that a person changed since, of samples that the last run had seen. */
  corrections: number;
  /** The first of the new labels; null without one. */
  oldest: { arrival: string; at: string } | null;
}

/** The state that survives a restart, backed by the store. */
export interface SchedulerStoreDeps {
  /** Number of labelled samples that no finished run of `tuning` or `first` was trained on. */
  countNewSamples(): Promise<number>;
  news(): Promise<News>;
  latestSampleId(): Promise<string | null>;
  /** Stores the run as running. Once it is done, only samples after `lastSampleId` count as new. */
  createRun(run: {
    id: string;
    pipeline: string;
    params: Record<string, unknown>;
    trigger: string;
    command: string;
    at: string;
    lastSampleId: string | null;
    startedBy: Actor;
  }): Promise<void>;
  setRunPid(id: string, pid: number): Promise<void>;
  /** Records who cancels the run, before its process is stopped. */
  setCancelledBy(id: string, by: Actor): Promise<void>;
  getRun(id: string): Promise<RunView | null>;
  /** Records the end of a run whose process did not record it. */
  endRun(id: string, end: RunEnd): Promise<void>;
  /** Queued and running runs of any process. */
  unfinishedRuns(): Promise<RunView[]>;
  /** Null when there is no champion, so that no model can be live. */
  championVersion(): Promise<number | null>;
  /** Labelled samples: training samples by label, and the number of held-out ones. */
  labels(): Promise<LabelCounts>;
  /** Runs of the pipelines `tuning` and `first`, newest first; at least the last 20. */
  recentLearningRuns(): Promise<RunView[]>;
  state(): Promise<SchedulerState>;
  setPaused(change: { paused: boolean; by: Actor; reason: string | null }): Promise<void>;
  setCron(mark: CronMark): Promise<void>;
  /** @param since null for none. */
  setAnsweredAlarm(since: string | null): Promise<void>;
  recordTick(tick: SchedulerTick): Promise<void>;
  /** The pending and approved requests, newest first. */
  openRequests(): Promise<SchedulerRequest[]>;
  addRequest(request: NewRequest & { state: "pending" | "approved" }): Promise<SchedulerRequest>;
  getRequest(id: number): Promise<SchedulerRequest | null>;
  decideRequest: SchedulerStore["decideRequest"];
  settleRequest: SchedulerStore["settleRequest"];
}

/** How a child process ended. */
export interface ChildExit {
  /** The exit code; null when a signal ended it. */
  code: number | null;
  signal: string | null;
  /** The last 4 KB of its stderr. */
  stderrTail: string;
}

/** A run in its own process. */
export interface ChildHandle {
  pid: number;
  /** Never rejects. */
  exited: Promise<ChildExit>;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

/** A run to start in a child process. */
export interface ChildRequest {
  runId: string;
  pipeline: string;
  /** In the syntax of `--params`; "" for none. */
  params: string;
  /** The part of the pipeline to run; all of it when omitted. */
  slice?: RunSlice;
  /** The id of the run to continue; its pipeline and part are then used, and these parameters. */
  resume?: string;
}

/** Access to processes that another process started: from a terminal, or by a server that was killed. */
export interface Processes {
  isAlive(run: { id: string; pid: number }): boolean;
  kill(pid: number, signal: "SIGTERM" | "SIGKILL"): void;
}

/** When the scheduler starts and stops runs. */
export interface SchedulerConfig {
  /** When a run is due. */
  rules: Rules;
  /** The drawings required for a first model. */
  firstModel: FirstModelNeeds;
  /** Least time from the end of one run to the start of the next. */
  minIntervalMs: number;
  /** Upper limit of the interval, which doubles with each failure in a row. */
  maxBackoffMs: number;
  /** Interval at which the store is checked for changes by other processes. */
  checkIntervalMs: number;
  /** Time from SIGTERM to SIGKILL. */
  graceMs: number;
}

/** Where a person acts. */
export type Via = "page" | "api" | "cli";

/** Something that happened outside any call to the scheduler. */
export type SchedulerEvent =
  | { type: "run_started"; runId: string; pipeline: string; startedBy: Actor }
  | {
      type: "run_ended";
      runId: string;
      pipeline: string;
      status: RunView["status"];
      /** Why it failed or was cancelled, if its process has not stored that itself. */
      error: string | null;
      /** Who cancelled it; null when no one did. */
      cancelledBy: Actor | null;
      /** Since it was requested. */
      durationMs: number;
    }
  /** An error that no caller can receive; the scheduler continues. */
  | { type: "error"; error: unknown };

/** The scheduler's access to the store, clock, timers and processes. */
export interface SchedulerDeps {
  store: SchedulerStoreDeps;
  clock: Clock;
  timers: Timers;
  processes: Processes;
  /** Starts the process. @throws when it cannot be started. */
  spawnRun(request: ChildRequest): ChildHandle;
  /** Writes parameters in the syntax of `--params`. */
  formatParams(params: Record<string, unknown>): string;
  /** Returns the id of a new run. */
  newId(): string;
  /** Whether the drawings have drifted; null when that is not measured. */
  drift(): Promise<DriftState | null>;
  /** Makes a version the champion, for a promotion that a person approves. */
  promote(
    version: number,
    by: { actor: Actor; via: Via; reason: string; expectedPrevious: number | null },
  ): Promise<unknown>;
  /** The settings in force; they may change between two checks. */
  config(): SchedulerConfig;
  onEvent?(event: SchedulerEvent): void;
}
