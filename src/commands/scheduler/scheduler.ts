import { type Command, InvalidArgumentError } from "commander";
import { MAX_REASON } from "../../domain/scheduler/request.ts";
import type { Application } from "../application.ts";
import { jsonOption, projectOptions, withProject } from "../options.ts";
import { createRunReporter } from "../run/terminal-reporter.ts";
import type { Terminal } from "../terminal.ts";

/** Adds `tegaki scheduler`. */
export function addSchedulerCommands(program: Command, app: Application, terminal: Terminal): void {
  const scheduler = program
    .command("scheduler")
    .description("automatic training: why not now, and approvals");
  const print = (isJson: boolean, json: unknown, text: string) =>
    terminal.out(isJson ? `${JSON.stringify(json)}\n` : `${text}\n`);

  withProject(scheduler.command("status"))
    .description("every condition of the next training run, what waits for you, and the last decisions")
    .option("--at <time>", "dry run: what would happen at a time to come, such as 2026-01-02T03:00:00Z", time)
    .addOption(jsonOption())
    .action(async (options) => {
      const report = await app.scheduler.status({ ...projectOptions(options), at: options.at });
      const { reportJson, reportText } = await import("./report-text.ts");
      const isDryRun = options.at !== undefined;
      print(options.json, reportJson(report, isDryRun), reportText(report, isDryRun));
    });

  withProject(scheduler.command("trigger"))
    .description("train now: in the running server, or here when none is running")
    .addOption(jsonOption())
    .action(async (options) => {
      const started = await app.scheduler.request(projectOptions(options));
      if ("runId" in started) {
        return print(options.json, { run_id: started.runId }, `Run ${started.runId} has started`);
      }
      const summary = await app.run({
        ...projectOptions(options),
        pipeline: started.pipeline,
        areParamsOnStdin: false,
        canLoadCode: false,
        commandLine: `tegaki run --pipeline ${started.pipeline}`,
        onProgress: createRunReporter(terminal),
      });
      print(options.json, { run_id: summary.run_id }, `Run ${summary.run_id} is done`);
    });

  for (const act of ["pause", "resume"] as const) {
    withProject(scheduler.command(act))
      .description(act === "pause" ? "let no run start automatically" : "let runs start automatically again")
      .option("--reason <text>", "why", reason)
      .addOption(jsonOption())
      .action(async (options) => {
        const paused = act === "pause";
        const why = options.reason ?? null;
        await app.scheduler.setPaused({ ...projectOptions(options), paused, reason: why });
        print(options.json, { paused, reason: why }, `The scheduler is ${paused ? "paused" : "resumed"}`);
      });
  }

  for (const [act, state] of [
    ["approve", "approved"],
    ["decline", "declined"],
  ] as const) {
    withProject(scheduler.command(act))
      .description(`${act} a run or a promotion that waits`)
      .argument("<id>", "its number, see: tegaki scheduler status", requestId)
      .requiredOption("--reason <text>", "why", reason)
      .addOption(jsonOption())
      .action(async (id: number, options) => {
        const why = options.reason;
        const request = await app.scheduler.decide({ ...projectOptions(options), id, state, reason: why });
        const { requestJson } = await import("../../http/api/scheduler/scheduler-json.ts");
        print(options.json, requestJson(request), `Request ${id} is ${request.state}`);
      });
  }
}

function time(value: string): Date {
  const at = new Date(value);
  if (/^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError("Expected a time such as 2026-01-02T03:00:00Z.");
}

function reason(value: string): string {
  const text = value.trim();
  if (text !== "" && text.length <= MAX_REASON) return text;
  throw new InvalidArgumentError(`Expected a reason of 1 to ${MAX_REASON} characters.`);
}

function requestId(value: string): number {
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Expected the number of a request.");
}
