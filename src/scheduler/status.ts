import type { Actor } from "../domain/actor.ts";
import type { Approval } from "../domain/scheduler/approval.ts";
import type { Decision } from "./decision/decide.ts";
import type { FirstModelProgress } from "./first-model.ts";

/** The state of the scheduler, as the API and the pages show it. */
export interface SchedulerStatus {
  isPaused: boolean;
  /** New labels since the last finished training run. */
  newSamples: number;
  /** Number of new labels that starts the next training run; null when they start none. */
  threshold: number | null;
  /** The running run; null when there is none. */
  runningRunId: string | null;
  /** ISO time before which no run starts, after failures or because of `min_interval`; null when one may start now. */
  notBefore: string | null;
  consecutiveFailures: number;
  /** Whether enough new labels may still not start a run soon: quiet hours, approval, or other triggers. */
  isHeld: boolean;
  /** Progress towards a first model; null when there is a model. */
  firstModel: FirstModelProgress | null;
}

/** Why there is no run now, and when there will be one. Times are ISO 8601, UTC. */
export interface SchedulerOutlook {
  status: SchedulerStatus;
  /** The time that `decision` is for: now, or that of a dry run. */
  at: string;
  decision: Decision;
  /** When a run is expected if no label arrives; null when that depends on labels, on a person or on the current run. */
  nextAt: string | null;
  /** The decision at `nextAt`, or the current one. */
  next: Decision;
  combine: "any" | "all";
  approval: Approval;
  pause: { isPaused: boolean; by: Actor | null; reason: string | null; at: string | null };
}
