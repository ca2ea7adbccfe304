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
