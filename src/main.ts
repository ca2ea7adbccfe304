import { version } from "../package.json";
import { createApplication } from "./commands/create-application.ts";
import { processTerminal } from "./commands/process-terminal.ts";
import { EXIT_FAILED, runProgram } from "./commands/program.ts";
import { reportRenderer } from "./commands/report-renderer.ts";
import { systemClock } from "./lib/clock.ts";
import { embedded } from "./project/embedded.ts";

const isCompiled = import.meta.path.startsWith("/$bunfs/") || import.meta.path.includes("~BUN");

const terminal = processTerminal(process, ({ message }) => {
  terminal.err(`tegaki: Cannot write to standard output: ${message}\n`);
  process.exitCode = EXIT_FAILED;
});

const application = createApplication({
  version,
  embedded,
  // Resolved here because workers are next to the entry file, both on disk and in the executable.
  kernelWorkerUrl: new URL("./kernel-worker.ts", import.meta.url),
  augmentWorkerUrl: new URL("./augment-worker.ts", import.meta.url),
  graphWorkerUrl: new URL("./graph-worker.ts", import.meta.url),
  storeWorkerUrl: new URL("./store-worker.ts", import.meta.url),
  command: isCompiled ? [process.execPath] : [process.execPath, import.meta.path],
  environ: process.env,
  clock: systemClock,
  renderReport: reportRenderer({ version, embedded, clock: systemClock }),
  note: (line) => terminal.err(`tegaki: ${line}\n`),
  print: (line) => terminal.out(`${line}\n`),
});

const code = await runProgram(process.argv.slice(2), application, terminal);
// A result that could not be written may already have failed the process.
process.exitCode ||= code;
