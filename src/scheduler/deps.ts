import type { EndStatus, Run } from "../domain/run.ts";
import type { RunSlice } from "../domain/run-slice.ts";
import type { Clock } from "../lib/clock.ts";
import type { FirstModelNeeds } from "./first-model.ts";
import type { Timers } from "./timers.ts";

/** What the scheduler looks at in a run. */
export type RunView = Pick<Run, "id" | "pipeline" | "status" | "pid" | "finishedAt">;

export interface RunEnd {
  status: EndStatus;
  error: string | null;
  at: string;
}

/** What is kept over a restart. Composition puts the store behind it. */
export interface SchedulerStoreDeps {
  /** Labelled samples that no finished run of `tuning` or `first` has seen. */
  countNewSamples(): Promise<number>;
  latestSampleId(): Promise<string | null>;
  /** Stores the run as running. The counter starts after `lastSampleId` once the run is done. */
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
  /** For a run whose process did not say itself how it ended. */
  endRun(id: string, end: RunEnd): Promise<void>;
  /** Queued or running, of any process. */
  unfinishedRuns(): Promise<RunView[]>;
  /** Whether anything serves, or could: whether there is a champion. */
  hasModel(): Promise<boolean>;
  /** Labelled samples: those to train on by label, and how many are kept to judge with. */
  labels(): Promise<{ toTrain: Readonly<Record<string, number>>; heldOut: number }>;
  /** Of the pipelines `tuning` and `first`, newest first, at least 20. */
  recentLearningRuns(): Promise<RunView[]>;
  isPaused(): Promise<boolean>;
  setPaused(isPaused: boolean): Promise<void>;
  recordTick(tick: { at: string; decision: string; detail: string }): Promise<void>;
}

export interface ChildExit {
  /** Null when a signal ended it. */
  code: number | null;
  signal: string | null;
  /** The last 4 KB that it wrote to stderr. */
  stderrTail: string;
}

/** A run in a process of its own. */
export interface ChildHandle {
  pid: number;
  /** Never rejects. */
  exited: Promise<ChildExit>;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

export interface ChildRequest {
  runId: string;
  pipeline: string;
  /** As `--params` takes it; "" for none. */
  params: string;
  /** Only a part of the pipeline. */
  slice?: RunSlice;
}

/** Looks at runs of other processes: typed in a terminal, or left by a server that was killed. */
export interface Processes {
  isAlive(run: { id: string; pid: number }): boolean;
  kill(pid: number, signal: "SIGTERM" | "SIGKILL"): void;
}

export interface SchedulerConfig {
  /** New labels that start a training. */
  threshold: number;
  /** What it takes to train a first model. */
  firstModel: FirstModelNeeds;
  /** From the end of one run to the start of the next. */
  minIntervalMs: number;
  /** After failures the interval doubles, up to this. */
  maxBackoffMs: number;
  /** How often the store is looked at for what other processes did. */
  checkIntervalMs: number;
  /** From SIGTERM to SIGKILL. */
  graceMs: number;
}

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
  /** Something went wrong that no caller is there to hear; the scheduler goes on. */
  | { type: "error"; error: unknown };

export interface SchedulerDeps {
  store: SchedulerStoreDeps;
  clock: Clock;
  timers: Timers;
  processes: Processes;
  /** Starts the process. Throws when it cannot be started. */
  spawnRun(request: ChildRequest): ChildHandle;
  /** As `--params` on the command line takes them. */
  formatParams(params: Record<string, unknown>): string;
  /** A new run's id. */
  newId(): string;
  config: SchedulerConfig;
  onEvent?(event: SchedulerEvent): void;
}
