import { encodeActor } from "../../domain/actor.ts";
import type { Log } from "../../lib/log.ts";
import type { SchedulerEvent } from "../../scheduler/deps.ts";

/** Logs runs that start and end, and errors of the scheduler that no caller receives. */
export function schedulerLog(log: Log): (event: SchedulerEvent) => void {
  return (event) => {
    if (event.type === "error") return log.error("the scheduler has an error and continues", event);
    const run = { run_id: event.runId, pipeline: event.pipeline };
    if (event.type === "run_started") {
      return log.info("run started", { ...run, started_by: encodeActor(event.startedBy) });
    }
    const { status, durationMs, error, cancelledBy } = event;
    const by =
      status === "cancelled" && cancelledBy !== null ? { cancelled_by: encodeActor(cancelledBy) } : {};
    const fields = { ...run, status, ...by, duration_ms: durationMs, reason: error };
    if (status === "failed") log.error("run failed", fields);
    else log.info("run ended", fields);
  };
}
