import type { DriftState } from "../../domain/scheduler/drift-state.ts";
import type { SchedulerRequest } from "../../domain/scheduler/request.ts";
import type { FirstModelProgress } from "../first-model.ts";

/** Everything that a decision depends on, besides the rules and the time. Times are Unix times in ms. */
export interface Facts {
  /** When this was read. */
  readMs: number;
  runningRunId: string | null;
  isPaused: boolean;
  /** When it was paused; null when unknown. */
  pausedAt: string | null;
  /** Labels that no finished training run has seen, without those that a person declined to train on. */
  newSamples: number;
  /** The same, with those that a person declined. */
  untrained: number;
  /** Labels changed by a person since the last finished training run started, of samples that it had seen. */
  corrections: number;
  /** Age of the oldest new label when this was read; null without one. */
  oldestAgeMs: number | null;
  /** Ticks of the cron schedule after this time have not been handled. */
  cronAfterMs: number;
  /** Null when drift is not measured. */
  drift: DriftState | null;
  /** The alarm of drift that the last run was started with. */
  answeredAlarm: string | null;
  /** When a person last declined a run; null for never. */
  declinedMs: number | null;
  /** Progress towards a first model; null when there is a model. */
  first: FirstModelProgress | null;
  /** Time until the next start is allowed, when this was read; 0 when it is allowed. */
  waitMs: number;
  /** The complete pause after the last run. */
  pauseMs: number;
  consecutiveFailures: number;
  /** A run that waits for approval. */
  pending: SchedulerRequest | null;
  /** A run that a person has approved or requested, and that has not started. */
  approved: SchedulerRequest | null;
}
