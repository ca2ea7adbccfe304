import { sep } from "node:path";
import { formatParams } from "../config/params.ts";
import { safeText } from "../lib/hide-secrets.ts";
import { secretsOf } from "../project/secrets.ts";
import { createSpawner } from "../scheduler/child.ts";
import type { SchedulerDeps } from "../scheduler/deps.ts";
import { systemProcesses } from "../scheduler/processes.ts";
import { createScheduler, type Scheduler } from "../scheduler/scheduler.ts";
import { systemTimers } from "../scheduler/timers.ts";
import { schedulerLog } from "./log/scheduler-log.ts";
import { schedulerConfig } from "./scheduler-config.ts";
import { schedulerStoreDeps } from "./scheduler-store.ts";
import type { Served } from "./served.ts";

/** The scheduler of a project: its runs are child processes of this program, with the same project and config. */
export function createTrainingScheduler(
  { runtime, project, store, log, canLoadCode, settings }: Served,
  { drift, promote }: Pick<SchedulerDeps, "drift" | "promote">,
): Scheduler {
  return createScheduler({
    store: schedulerStoreDeps(store, runtime.clock),
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
    drift,
    promote,
    config: settings.derive((server) => schedulerConfig({ parameters: project.config.parameters, server })),
    onEvent: schedulerLog(log.of("scheduler")),
  });
}

function cleanedLines(text: string, secrets: readonly string[]): string {
  return text
    .split("\n")
    .map((line) => safeText(line, secrets))
    .join("\n");
}
