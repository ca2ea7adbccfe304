import type { Config } from "../config/load.ts";
import { cronTimes } from "../lib/cron.ts";
import { quietHours } from "../scheduler/decision/quiet-hours.ts";
import type { Rules } from "../scheduler/decision/rules.ts";
import type { SchedulerConfig } from "../scheduler/deps.ts";

const CHECK_INTERVAL_MS = 2_000;
const MAX_BACKOFF_MS = 3_600_000;
/** From SIGTERM to SIGKILL of a run that is cancelled. */
const RUN_GRACE_MS = 2_500;

/** The settings of a project's scheduler. */
export function schedulerConfig({
  parameters,
  server,
}: Pick<Config, "parameters" | "server">): SchedulerConfig {
  const { triggers, min_interval } = server.scheduler;
  return {
    rules: rulesOf(server.scheduler),
    firstModel: {
      classes: parameters.classes,
      perClass: triggers.first_model.per_class,
      total: triggers.first_model.total,
      holdoutFraction: parameters.holdout_fraction,
    },
    minIntervalMs: min_interval * 1000,
    maxBackoffMs: MAX_BACKOFF_MS,
    checkIntervalMs: CHECK_INTERVAL_MS,
    graceMs: RUN_GRACE_MS,
  };
}

function rulesOf({
  triggers,
  combine,
  quiet_hours,
  time_zone,
  approval,
}: Config["server"]["scheduler"]): Rules {
  const { new_samples, corrections, max_age, cron, drift } = triggers;
  return {
    newSamples: new_samples,
    corrections,
    maxAgeMs: max_age === null ? null : max_age * 1000,
    cron: cron === null ? null : { schedule: `${cron} ${time_zone}`, times: cronTimes(cron, time_zone) },
    hasDrift: drift,
    combine,
    quiet: quiet_hours === null ? null : quietHours(quiet_hours, time_zone),
    approval,
  };
}
