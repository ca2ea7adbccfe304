import type { EndStatus, Run } from "../domain/runs/run.ts";
import type { RunSlice } from "../domain/runs/run-slice.ts";
import type { Clock } from "../lib/clock.ts";
import type { Saying } from "../lib/saying.ts";
import type { FirstModelNeeds } from "./first-model.ts";
import type { Timers } from "./timers.ts";

/** The fields of a run that the scheduler reads. */
export type RunView = Pick<Run, "id" | "pipeline" | "status" | "pid" | "finishedAt">;

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

/** The state that survives a restart, backed by the store. */
export interface SchedulerStoreDeps {
  /** Number of labelled samples that no finished run of `tuning` or `first` was trained on. */
  countNewSamples(): Promise<number>;
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
  }): Promise<void>;
  setRunPid(id: string, pid: number): Promise<void>;
  getRun(id: string): Promise<RunView | null>;
  /** Records the end of a run whose process did not record it. */
  endRun(id: string, end: RunEnd): Promise<void>;
  /** Queued and running runs of any process. */
  unfinishedRuns(): Promise<RunView[]>;
  /** Whether there is a champion, so that a model is live or can be. */
  hasModel(): Promise<boolean>;
  /** Labelled samples: training samples by label, and the number of held-out ones. */
  labels(): Promise<{ toTrain: Readonly<Record<string, number>>; heldOut: number }>;
  /** Runs of the pipelines `tuning` and `first`, newest first; at least the last 20. */
  recentLearningRuns(): Promise<RunView[]>;
  isPaused(): Promise<boolean>;
  setPaused(isPaused: boolean): Promise<void>;
  recordTick(tick: { at: string; decision: string; detail: string }): Promise<void>;
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
}

/** Access to processes that another process started: from a terminal, or by a server that was killed. */
export interface Processes {
  isAlive(run: { id: string; pid: number }): boolean;
  kill(pid: number, signal: "SIGTERM" | "SIGKILL"): void;
}

/** When the scheduler starts and stops runs. */
export interface SchedulerConfig {
  /** Number of new labels that starts a training run. */
  threshold: number;
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

/** Something that happened outside any call to the scheduler. */
export type SchedulerEvent =
  | { type: "run_started"; runId: string; pipeline: string }
  | {
      type: "run_ended";
      runId: string;
      pipeline: string;
      status: RunView["status"];
      /** Why it failed or was cancelled, if its process has not stored that itself. */
      error: string | null;
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
  config: SchedulerConfig;
  onEvent?(event: SchedulerEvent): void;
}
