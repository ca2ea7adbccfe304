/** Everything that the decision to start a training run depends on. */
export interface Situation {
  isPaused: boolean;
  runningRunId: string | null;
  newSamples: number;
  threshold: number;
  /** Time until the next start is allowed; 0 when it is allowed now. */
  waitMs: number;
  consecutiveFailures: number;
}

/** The outcome of one check of the scheduler. */
export interface Decision {
  decision: "start" | "running" | "paused" | "too_few" | "wait";
  /** Explains why a run starts, or why none does. */
  detail: string;
}

/** Decides whether a training run is due now, with the reason. */
export function decide(situation: Situation): Decision {
  const { isPaused, runningRunId, newSamples, threshold, waitMs, consecutiveFailures } = situation;
  const labels = `${newSamples} of ${threshold} new labels`;
  if (runningRunId !== null) return { decision: "running", detail: `run ${runningRunId} is still running` };
  if (newSamples < threshold)
    return { decision: "too_few", detail: `there are fewer than ${threshold} new labels` };
  if (isPaused) return { decision: "paused", detail: `${labels}, but the scheduler is paused` };
  if (waitMs <= 0) return { decision: "start", detail: labels };
  const reason =
    consecutiveFailures === 0
      ? "after the last run"
      : consecutiveFailures === 1
        ? "after a failed run"
        : `after ${consecutiveFailures} failed runs in a row`;
  return { decision: "wait", detail: `${labels}; waiting ${Math.ceil(waitMs / 1_000)} s ${reason}` };
}
