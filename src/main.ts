import { version } from "../package.json";
import { createApplication } from "./commands/create-application.ts";
import { runProgram } from "./commands/program.ts";
import { reportRenderer } from "./commands/report-renderer.ts";
import { systemClock } from "./lib/clock.ts";
import { embedded } from "./project/embedded.ts";

const isCompiled = import.meta.path.startsWith("/$bunfs/") || import.meta.path.includes("~BUN");

const application = createApplication({
  version,
  embedded,
  // Resolved here because workers are next to the entry file, both on disk and in the executable.
  kernelWorkerUrl: new URL("./kernel-worker.ts", import.meta.url),
  graphWorkerUrl: new URL("./graph-worker.ts", import.meta.url),
  command: isCompiled ? [process.execPath] : [process.execPath, import.meta.path],
  environ: process.env,
  clock: systemClock,
  renderReport: reportRenderer({ version, embedded, clock: systemClock }),
  note: (line) => process.stderr.write(`tegaki: ${line}\n`),
  print: (line) => process.stdout.write(`${line}\n`),
});

process.exitCode = await runProgram(process.argv.slice(2), application, {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isInteractive: process.stderr.isTTY === true,
});
