import type { RunSlice } from "../domain/run-slice.ts";
import type { FirstModelProgress } from "./first-model.ts";

export interface SchedulerStatus {
  isPaused: boolean;
  /** New labels since the last finished tuning run, and how many start the next one. */
  newSamples: number;
  threshold: number;
  /** The run that goes on now. */
  runningRunId: string | null;
  /** ISO time before which nothing is started, after failures or because of `min_interval`. */
  notBefore: string | null;
  consecutiveFailures: number;
  /** How far it is to a first model; null when there is a model. */
  firstModel: FirstModelProgress | null;
}

export interface Scheduler {
  start(): Promise<void>;
  /** Ends the child if one runs (it is marked cancelled), then resolves. */
  stop(): Promise<void>;
  status(): Promise<SchedulerStatus>;
  /** Starts a run now. @throws ConflictError when one is going on. */
  trigger(request: {
    pipeline: string;
    params: Record<string, unknown>;
    /** Only a part of the pipeline. */
    slice?: RunSlice;
    trigger: string;
  }): Promise<{ runId: string }>;
  /** @throws NotFoundError, ConflictError when it is not running. */
  cancel(runId: string): Promise<void>;
  setPaused(isPaused: boolean): Promise<void>;
  /** To be called after a label was stored, so that the threshold is seen at once. */
  notifyNewSample(): void;
}
