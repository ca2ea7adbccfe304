import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { buildAssets } from "./assets.ts";

// `npm run dev`: serves from the sources. After each change, it rebuilds the page's files and restarts the server, and
// open pages reload. If something cannot be built or started, it reports the error and waits for the next change.
// Arguments after `npm run dev --` are passed to `tegaki serve`.

const ROOT = join(import.meta.dir, "../..");
const WATCHED = ["src", "views", "conf/base"];
/** Delay after a change: an editor that saves all files, or git, changes many at once. */
const SETTLE_MS = 100;
/** Timeout for the server to stop: somewhat longer than `serve` may take. */
const STOP_MS = 5_000;

type Server = Bun.Subprocess<"pipe", "inherit", "inherit">;

let server: Server | null = null;
let isStopping = false;
let change = Promise.withResolvers<void>();

const watchers = WATCHED.map(watchSources);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);

while (!isStopping) {
  change = Promise.withResolvers<void>();
  if (await makeAssets()) {
    await stopServer();
    if (!isStopping) server = startServer();
  }
  await change.promise;
  await Bun.sleep(SETTLE_MS);
}
await stopServer();

function watchSources(folder: string): FSWatcher {
  return watch(join(ROOT, folder), { recursive: true }, (_, file) => {
    // Temporary files of editors.
    if (file !== null && /(^|[/\\])\.|~$/.test(file)) return;
    change.resolve();
  });
}

/** Rebuilds the page's files. @returns whether it succeeded; if not, the running server remains. */
async function makeAssets(): Promise<boolean> {
  try {
    await buildAssets();
    return true;
  } catch (error) {
    for (const one of error instanceof AggregateError ? error.errors : [error]) console.error(one);
    say("Cannot build the page's files");
    return false;
  }
}

function startServer(): Server {
  const command = [process.execPath, join(import.meta.dir, "dev-server.ts"), ...process.argv.slice(2)];
  const started = Bun.spawn(command, { cwd: ROOT, stdio: ["pipe", "inherit", "inherit"] });
  started.exited.then((code) => {
    if (started === server && !isStopping) say(`The server ended with exit code ${code}`);
  });
  return started;
}

/** Stops the server by ending its input; it may already be stopping because of the terminal's Ctrl-C. */
async function stopServer(): Promise<void> {
  if (server === null) return;
  const stopping = server;
  server = null;
  stopping.stdin.end();
  const timer = setTimeout(() => stopping.kill("SIGKILL"), STOP_MS);
  await stopping.exited;
  clearTimeout(timer);
}

function stop(): void {
  isStopping = true;
  for (const watcher of watchers) watcher.close();
  change.resolve();
}

function say(what: string): void {
  console.error(`dev: ${what}. Waiting for the next change`);
}
