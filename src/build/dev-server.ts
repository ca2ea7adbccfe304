import { version } from "../../package.json";
import { createApplication } from "../commands/create-application.ts";
import { runProgram } from "../commands/program.ts";
import { reportRenderer } from "../commands/report-renderer.ts";
import { systemClock } from "../lib/clock.ts";
import { embedded } from "../project/embedded.ts";
import { withReload } from "./dev-reload.ts";

// The server that `npm run dev` restarts after each change: src/main.ts, but with pages that reload themselves.
// Its standard input ends when dev.ts stops it or has died; it then stops as on a signal.

const SRC = new URL("../", import.meta.url);

const application = createApplication({
  version,
  embedded: {
    ...embedded,
    page: async () => withReload(await embedded.page(), Bun.randomUUIDv7()),
  },
  kernelWorkerUrl: new URL("kernel-worker.ts", SRC),
  augmentWorkerUrl: new URL("augment-worker.ts", SRC),
  graphWorkerUrl: new URL("graph-worker.ts", SRC),
  storeWorkerUrl: new URL("store-worker.ts", SRC),
  command: [process.execPath, Bun.fileURLToPath(new URL("main.ts", SRC))],
  environ: process.env,
  clock: systemClock,
  renderReport: reportRenderer({ version, embedded, clock: systemClock }),
  note: (line) => process.stderr.write(`tegaki: ${line}\n`),
  print: (line) => process.stdout.write(`${line}\n`),
});

stopAtEndOfInput();
process.exitCode = await runProgram(["serve", ...process.argv.slice(2)], application, {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isInteractive: false,
});
// Standard input would keep the process alive if the server could not start.
process.stdin.destroy();

/** A terminal's Ctrl-C reaches this process as well, and a second signal would interrupt the shutdown. */
function stopAtEndOfInput(): void {
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      isStopping = true;
    });
  }
  process.stdin.on("end", () => !isStopping && process.kill(process.pid, "SIGTERM")).resume();
}
