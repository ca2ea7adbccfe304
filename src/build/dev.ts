import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { buildAssets } from "./assets.ts";

// `npm run dev`: serves from the sources, and after each change of them makes the page's files anew and starts the
// server again; open pages load themselves again. What cannot be built or started is said, and the next change
// waited for. What follows `npm run dev --` goes to `tegaki serve`.

const ROOT = join(import.meta.dir, "../..");
const WATCHED = ["src", "views", "conf/base"];
/** An editor that saves all files, or git, changes many at once. */
const SETTLE_MS = 100;
/** As long as `serve` may take to stop, and some. */
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
    // Editors' own files.
    if (file !== null && /(^|[/\\])\.|~$/.test(file)) return;
    change.resolve();
  });
}

/** @returns whether it could. The server that is running stays when not. */
async function makeAssets(): Promise<boolean> {
  try {
    await buildAssets();
    return true;
  } catch (error) {
    for (const one of error instanceof AggregateError ? error.errors : [error]) console.error(one);
    say("the page's files cannot be made");
    return false;
  }
}

function startServer(): Server {
  const command = [process.execPath, join(import.meta.dir, "dev-server.ts"), ...process.argv.slice(2)];
  const started = Bun.spawn(command, { cwd: ROOT, stdio: ["pipe", "inherit", "inherit"] });
  started.exited.then((code) => {
    if (started === server && !isStopping) say(`the server ended with ${code}`);
  });
  return started;
}

/** The end of its input asks the server to stop; it may be stopping already, by the terminal's Ctrl-C. */
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
