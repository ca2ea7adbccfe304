import { type Command, InvalidArgumentError } from "commander";
import type { DeploymentPeriod } from "../../domain/deployment.ts";
import { type Period, parsePeriod } from "../../lib/period.ts";
import type { Application } from "../application.ts";
import { jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const MAX_LIMIT = 10_000;

/** Adds `tegaki model deployments`. */
export function addDeploymentsCommand(model: Command, app: Application, terminal: Terminal): void {
  withProject(model.command("deployments"))
    .description("the deployment log: which version answered when, newest first, who moved it and why")
    .option(
      "--on <time>",
      "only what answered on a day (2026-11-28, UTC) or at a time (2026-11-28T14:00Z)",
      onOf,
    )
    .option("--limit <n>", "number of entries", limitOf, 50)
    .addOption(jsonOption())
    .action(async (options) => {
      const during = options.on as Period | undefined;
      const log = await app.models.deployments({
        ...projectOptions(options),
        limit: options.limit,
        ...(during === undefined ? {} : { during }),
      });
      if (options.json) return terminal.out(`${JSON.stringify(log)}\n`);
      for (const deployment of log) terminal.out(`${lineOf(deployment)}\n`);
    });
}

const ACTIONS = { promote: "promoted", rollback: "rolled back to", fallback: "fell back to" };

function lineOf({
  createdAt,
  until,
  action,
  version,
  by,
  actor,
  isForced,
  verdict,
  reason,
}: DeploymentPeriod): string {
  const who = actor === null ? by : `${by} (${actor.name ?? actor.kind})`;
  const forced = isForced ? ", forced" : "";
  const gate = verdict === null ? "" : `, gate: ${verdict}`;
  return `${createdAt}  until ${until ?? "now"}  ${ACTIONS[action]} ${version} by ${who}${forced}${gate}: ${reason}`;
}

function onOf(text: string): Period {
  const period = parsePeriod(text, "UTC");
  if (period !== null) return period;
  throw new InvalidArgumentError("Expected a day (2026-11-28) or a time (2026-11-28T14:00:00Z).");
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_LIMIT}.`);
}
