export interface Situation {
  isPaused: boolean;
  runningRunId: string | null;
  newSamples: number;
  threshold: number;
  /** Until the next start is allowed; 0 when it is now. */
  waitMs: number;
  consecutiveFailures: number;
}

export interface Decision {
  decision: "start" | "running" | "paused" | "too_few" | "wait";
  /** For the person who asks why nothing starts, or why something did. */
  detail: string;
}

/** Whether a training is due now, and why or why not. */
export function decide(situation: Situation): Decision {
  const { isPaused, runningRunId, newSamples, threshold, waitMs, consecutiveFailures } = situation;
  const labels = `${newSamples} of ${threshold} new labels`;
  if (runningRunId !== null) return { decision: "running", detail: `run ${runningRunId} goes on` };
  if (newSamples < threshold)
    return { decision: "too_few", detail: `fewer than ${threshold} new labels are in` };
  if (isPaused) return { decision: "paused", detail: `${labels} are in, and the scheduler is paused` };
  if (waitMs <= 0) return { decision: "start", detail: `${labels} are in` };
  const reason =
    consecutiveFailures > 0 ? `after ${consecutiveFailures} failed runs in a row` : "after the last run";
  return { decision: "wait", detail: `${labels} are in; waits ${Math.ceil(waitMs / 1_000)} s ${reason}` };
}
