import type { FirstModelProgress } from "./first-model.ts";

/** The state of the scheduler, as the API and the pages show it. */
export interface SchedulerStatus {
  isPaused: boolean;
  /** New labels since the last finished training run. */
  newSamples: number;
  /** Number of new labels that starts the next training run. */
  threshold: number;
  /** The running run; null when there is none. */
  runningRunId: string | null;
  /** ISO time before which no run starts, after failures or because of `min_interval`; null when one may start now. */
  notBefore: string | null;
  consecutiveFailures: number;
  /** Progress towards a first model; null when there is a model. */
  firstModel: FirstModelProgress | null;
}
