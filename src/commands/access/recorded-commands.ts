import type { Command } from "commander";
import type { Application } from "../application.ts";
import { projectOptions } from "../options.ts";

/** The action of a command, for the audit log. */
interface Recorded {
  /** The same as that of the page and the API which do it. */
  action: string;
  /** Whether the command names what it was done to. */
  hasTarget?: boolean;
  /** Without it, the command only shows something. */
  changes?(args: readonly unknown[], options: Readonly<Record<string, unknown>>): boolean;
}

const isReal: Recorded["changes"] = (_, { dryRun }) => dryRun !== true;

/** The commands that change what others see. A run has a record of its own. */
const RECORDED: Readonly<Record<string, Recorded>> = {
  "samples import": { action: "samples.import" },
  "samples export": { action: "samples.export" },
  "samples forget": { action: "samples.forget", changes: (_, { yes }) => yes === true },
  "samples pin": { action: "samples.pin" },
  "samples unpin": { action: "samples.unpin" },
  "samples review confirm": { action: "samples.confirm" },
  "samples review withdraw": { action: "samples.withdraw" },
  "model promote": { action: "model.promote", hasTarget: true },
  "model rollback": { action: "model.roll_back" },
  "model trial": { action: "trial.start", hasTarget: true },
  "model stop-trial": { action: "trial.stop", hasTarget: true },
  "model alias": {
    action: "model.alias",
    hasTarget: true,
    changes: ([, model], { remove }) => model !== undefined || remove === true,
  },
  "model tag": {
    action: "model.annotate",
    hasTarget: true,
    changes: ([, tags], { remove }) => Object.keys(tags ?? {}).length > 0 || remove !== undefined,
  },
  "model note": {
    action: "model.annotate",
    hasTarget: true,
    changes: ([, text], { clear }) => text !== undefined || clear === true,
  },
  "model delete": { action: "model.delete", hasTarget: true },
  "model import": { action: "model.import" },
  "model prune": { action: "model.prune", changes: isReal },
  "scheduler trigger": { action: "scheduler.trigger" },
  "scheduler pause": { action: "scheduler.pause" },
  "scheduler resume": { action: "scheduler.resume" },
  "scheduler approve": { action: "scheduler.approve", hasTarget: true },
  "scheduler decline": { action: "scheduler.decline", hasTarget: true },
};

/** Writes what a command has done into the audit log of the project, once it has succeeded. */
export function recordCommands(program: Command, app: Application): void {
  program.hook("postAction", async (_, command) => {
    const recorded = RECORDED[pathOf(command)];
    if (recorded === undefined) return;
    const { action, hasTarget = false, changes = () => true } = recorded;
    const { processedArgs: args } = command;
    if (!changes(args, command.opts())) return;
    const target = hasTarget && args[0] !== undefined ? String(args[0]) : null;
    await app.access.record({ ...projectOptions(command.opts() as { dir: string }), action, target });
  });
}

/** "model promote" for the command `tegaki model promote`. */
function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at?.parent != null; at = at.parent) names.unshift(at.name());
  return names.join(" ");
}
