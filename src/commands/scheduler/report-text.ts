import { encodeActor } from "../../domain/actor.ts";
import type { Run } from "../../domain/runs/run.ts";
import type { Condition } from "../../domain/scheduler/condition.ts";
import type { SchedulerRequest } from "../../domain/scheduler/request.ts";
import { dryRunJson, requestJson, statusJson, tickJson } from "../../http/api/scheduler/scheduler-json.ts";
import type { SchedulerReport } from "./scheduler-commands.ts";

/** The report for people. @param isDryRun whether the decision is for a time to come. */
export function reportText(report: SchedulerReport, isDryRun: boolean): string {
  const { outlook, pending, ticks, lastRun, isServed } = report;
  const { decision, why, conditions } = outlook.decision;
  const when = isDryRun ? `at ${outlook.at}: ` : "";
  return [
    `${when}${decision}: ${why.message}`,
    ...(isDryRun ? [] : [`next run: ${nextText(report)}`]),
    ...pauseLines(report),
    ...(isServed ? [] : ["no server is running: nothing starts until one does"]),
    ...conditions.map(conditionLine),
    ...pending.map(requestLine),
    ...(lastRun === null || isDryRun ? [] : [runLine(lastRun)]),
    ...(isDryRun ? [] : ticks.map(({ at, decision: name, detail }) => `${at}  ${name}: ${detail}`)),
  ].join("\n");
}

/** The report as `--json` prints it: as `GET /api/v1/scheduler` and, with `--at`, its dry run. */
export function reportJson(report: SchedulerReport, isDryRun: boolean): Record<string, unknown> {
  const { outlook, pending, ticks, lastRun, isServed } = report;
  if (isDryRun) return dryRunJson(outlook);
  return {
    ...statusJson(outlook, pending.length),
    server_running: isServed,
    requests: pending.map(requestJson),
    ticks: ticks.map(tickJson),
    last_run:
      lastRun === null
        ? null
        : {
            id: lastRun.id,
            pipeline: lastRun.pipeline,
            status: lastRun.status,
            trigger: lastRun.trigger,
            started_by: lastRun.startedBy,
            cancelled_by: lastRun.cancelledBy,
          },
  };
}

function nextText({ outlook: { nextAt, at, next, decision } }: SchedulerReport): string {
  if (nextAt === null) return decision.decision === "running" ? "after the current run" : "not known";
  const time = nextAt <= at ? "now" : nextAt;
  return next.decision === "approval" ? `${time}, once it is approved` : time;
}

function pauseLines({ outlook: { pause } }: SchedulerReport): string[] {
  if (!pause.isPaused) return [];
  const by = pause.by === null ? "" : ` by ${encodeActor(pause.by)}`;
  const at = pause.at === null ? "" : ` at ${pause.at}`;
  return [`paused${by}${at}${pause.reason === null ? "" : `: ${pause.reason}`}`];
}

function conditionLine({ name, is_on, holds, value, threshold }: Condition): string {
  const state = is_on ? (holds ? "holds" : "no") : "off";
  const required = threshold === null ? "" : `  (required: ${threshold})`;
  return `  ${state.padEnd(5)}  ${name.padEnd(13)}  ${value ?? "-"}${required}`;
}

function requestLine({ id, kind, pipeline, modelVersion, reason }: SchedulerRequest): string {
  const what = kind === "run" ? `run ${pipeline}` : `promote model ${modelVersion}`;
  return `request ${id} is waiting: ${what} (${reason}). tegaki scheduler approve ${id}, or decline ${id}`;
}

/** Who started the run, and who cancelled it. */
function runLine({ id, pipeline, status, startedBy, cancelledBy }: Run): string {
  const started = startedBy === null ? "" : `, started by ${encodeActor(startedBy)}`;
  const cancelled = cancelledBy === null ? "" : `, cancelled by ${encodeActor(cancelledBy)}`;
  return `last run ${id} of ${pipeline}: ${status}${started}${cancelled}`;
}
