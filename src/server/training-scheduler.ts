import { sep } from "node:path";
import { formatParams } from "../config/params.ts";
import { safeText } from "../lib/hide-secrets.ts";
import { secretsOf } from "../project/secrets.ts";
import { createSpawner } from "../scheduler/child.ts";
import { systemProcesses } from "../scheduler/processes.ts";
import { createScheduler, type Scheduler } from "../scheduler/scheduler.ts";
import { systemTimers } from "../scheduler/timers.ts";
import { schedulerLog } from "./log/scheduler-log.ts";
import { schedulerStoreDeps } from "./scheduler-store.ts";
import type { Served } from "./served.ts";

const CHECK_INTERVAL_MS = 2_000;
const MAX_BACKOFF_MS = 3_600_000;
/** From SIGTERM to SIGKILL of a run that is cancelled. */
const RUN_GRACE_MS = 2_500;

/** The scheduler of a project: its runs are child processes of this program, with the same project and config. */
export function createTrainingScheduler({ runtime, project, store, log, canLoadCode }: Served): Scheduler {
  const { parameters, server } = project.config;
  const { triggers, min_interval } = server.scheduler;
  return createScheduler({
    store: schedulerStoreDeps(store),
    clock: runtime.clock,
    timers: systemTimers,
    processes: systemProcesses,
    spawnRun: createSpawner({
      command: runtime.command,
      dir: project.dir,
      env: project.env,
      flags: [
        ...(canLoadCode ? [] : ["--no-user-code"]),
        ...(project.confSource === null ? [] : ["--conf-source", project.confSource]),
      ],
      clean: (stderr) =>
        cleanedLines(stderr.replaceAll(project.dir + sep, ""), secretsOf(project.credentials)),
    }),
    formatParams,
    newId: () => Bun.randomUUIDv7(),
    config: {
      threshold: triggers.new_samples,
      firstModel: {
        classes: parameters.classes,
        perClass: triggers.first_model.per_class,
        total: triggers.first_model.total,
      },
      minIntervalMs: min_interval * 1000,
      maxBackoffMs: MAX_BACKOFF_MS,
      checkIntervalMs: CHECK_INTERVAL_MS,
      graceMs: RUN_GRACE_MS,
    },
    onEvent: schedulerLog(log.of("scheduler")),
  });
}

function cleanedLines(text: string, secrets: readonly string[]): string {
  return text
    .split("\n")
    .map((line) => safeText(line, secrets))
    .join("\n");
}
