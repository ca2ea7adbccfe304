import { Command, CommanderError } from "commander";
import { InputError, messageOf, TegakiError, UsageError } from "../lib/errors.ts";
import { addAccessCommands } from "./access/access.ts";
import { recordCommands } from "./access/recorded-commands.ts";
import type { Application } from "./application.ts";
import { addBackupCommands } from "./backup/backup.ts";
import { addCatalogCommands } from "./catalog/catalog.ts";
import { addDoctorCommand } from "./doctor/doctor-command.ts";
import { addInitCommand } from "./init.ts";
import { addModelCommands } from "./model/model.ts";
import { addRegistryCommands } from "./registry.ts";
import { addRunCommand } from "./run/run.ts";
import { withLongFlags } from "./run/run-flags.ts";
import { addSamplesCommands } from "./samples/samples.ts";
import { addSchedulerCommands } from "./scheduler/scheduler.ts";
import { addServeCommand } from "./serve.ts";
import type { Terminal } from "./terminal.ts";
import { addValidateCommand } from "./validate.ts";
import { addVersionCommand } from "./version.ts";
import { addVizCommands } from "./viz/viz.ts";

/** Exit code of a command that succeeded. */
const EXIT_OK = 0;
/** Exit code of a command that failed. */
export const EXIT_FAILED = 1;
/** Exit code for bad usage, config or input. */
const EXIT_USAGE = 2;

/**
 * Parses the arguments and runs the command.
 *
 * @param argv without the executable: `["run", "--pipeline", "tuning"]`. Empty: `serve --open`, for a double click on
 *   the executable.
 * @returns the exit code: 0 ok, 1 failed, 2 bad usage, config or input. It never throws.
 */
export async function runProgram(
  argv: readonly string[],
  app: Application,
  terminal: Terminal,
): Promise<number> {
  const program = createProgram(app, terminal);
  try {
    await program.parseAsync(argv.length === 0 ? ["serve", "--open"] : withLongFlags(argv), { from: "user" });
    return EXIT_OK;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
    terminal.err(`tegaki: ${describe(error)}\n`);
    return error instanceof UsageError || error instanceof InputError ? EXIT_USAGE : EXIT_FAILED;
  }
}

/** Our own messages may list several problems, one per line; an unexpected error is folded onto one line. */
function describe(error: unknown): string {
  if (error instanceof TegakiError) return error.message;
  const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
  return `${messageOf(error)}${code}`;
}

/** Creates the command line without parsing anything. */
export function createProgram(app: Application, terminal: Terminal): Command {
  const program = new Command("tegaki");
  program
    .description("Handwriting recognition that learns from the people who use it")
    .version(app.version)
    .helpCommand(true)
    .showSuggestionAfterError(true)
    .showHelpAfterError("Try `tegaki help`.")
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      outputError: (text, write) => write(text.replace(/^error: /, "tegaki: ")),
    })
    .exitOverride();
  recordCommands(program, app);
  addServeCommand(program, app);
  addRunCommand(program, app, terminal);
  addInitCommand(program, app, terminal);
  addRegistryCommands(program, app, terminal);
  addCatalogCommands(program, app, terminal);
  addVizCommands(program, app, terminal);
  addModelCommands(program, app, terminal);
  addSamplesCommands(program, app, terminal);
  addSchedulerCommands(program, app, terminal);
  addAccessCommands(program, app, terminal);
  addBackupCommands(program, app, terminal);
  addDoctorCommand(program, app, terminal);
  addValidateCommand(program, app, terminal);
  addVersionCommand(program, app, terminal);
  return program;
}
