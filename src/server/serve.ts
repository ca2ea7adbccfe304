import { type HttpAddress, parseHttpAddress } from "../config/address.ts";
import { formatParams } from "../config/params.ts";
import type { Store } from "../domain/store.ts";
import { createApp } from "../http/app.ts";
import { createRefusals } from "../http/refusals.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
import type { Log, LogFormat, LogLevel } from "../lib/log.ts";
import { stopSignal } from "../lib/stop-signal.ts";
import { startBackend } from "../project/backend.ts";
import { modelReader, openRegistry } from "../project/model-sources.ts";
import { createPreviews } from "../project/previews.ts";
import { loadProject, openProjectStore, type Project, type ProjectOptions } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { createRunResults } from "../runs/run-results.ts";
import { createSpawner } from "../scheduler/child.ts";
import { every } from "../scheduler/loop.ts";
import { systemProcesses } from "../scheduler/processes.ts";
import { createScheduler } from "../scheduler/scheduler.ts";
import { systemTimers } from "../scheduler/timers.ts";
import { createPredictor } from "../serving/predictor.ts";
import { lockDataDir } from "../storage/lock.ts";
import { createChampionFollower } from "./champion-follower.ts";
import { createEventFeed } from "./event-feed.ts";
import { GraphThread } from "./graph-thread.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { pipelinesToServe } from "./pipelines-to-serve.ts";
import { openProcessLog } from "./process-log.ts";
import { projectGraph } from "./project-graph.ts";
import { schedulerLog } from "./scheduler-log.ts";
import { schedulerStoreDeps } from "./scheduler-store.ts";

export interface ServeOptions extends ProjectOptions {
  /** host:port; overrides server.yml. */
  http?: string;
  open: boolean;
  /** What of it to open; the first page when left out. */
  openPath?: string;
  /** Whether the pipelines in the project's `src/pipelines` may be loaded and run. */
  canLoadCode: boolean;
  /** Overrides server.yml. */
  logFormat?: LogFormat;
  /** Overrides server.yml. */
  logLevel?: LogLevel;
}

/** How often the store is looked at for what other processes did: run events, a champion that moved. */
const FOLLOW_INTERVAL_MS = 200;
const FLUSH_INTERVAL_MS = 250;
const REFUSALS_INTERVAL_MS = 60_000;
const SCHEDULER_CHECK_MS = 2_000;
const MAX_BACKOFF_MS = 3_600_000;
/** From SIGTERM to SIGKILL of a run that is cancelled. */
const RUN_GRACE_MS = 2_500;
/** Requests under way may end in this time; streams are cut then. */
const STOP_GRACE_MS = 1_000;
/** Serving computes on the thread that answers: an image takes about a millisecond. */
const SERVING_THREADS = 1;

/** `tegaki serve`: until a signal asks it to stop. @throws what kept it from starting; nothing is left behind. */
export async function serve(runtime: Runtime, options: ServeOptions): Promise<void> {
  // Compiling the kernels keeps another thread busy meanwhile. Who needs them asks again, and hears of a failure then.
  startBackend(runtime, SERVING_THREADS).catch(() => {});
  const project = await loadProject(runtime, options);
  const address = options.http === undefined ? project.config.server.http : parseHttpAddress(options.http);
  const lock = await lockDataDir(project.dataDir, runtime.clock);
  const { format, level } = project.config.server.log;
  const { log, close } = openProcessLog(
    runtime,
    { format: options.logFormat ?? format, level: options.logLevel ?? level },
    project.credentials,
  );
  try {
    const store = await openProjectStore(runtime, project);
    try {
      await serveStore(runtime, project, store, log, address, options.canLoadCode, (url) => {
        lock.setAddress(url);
        runtime.print(`tegaki ${runtime.version} is at ${url} (Ctrl-C stops it); data in ${project.dataDir}`);
        if (options.open) openInBrowser(url + (options.openPath ?? ""));
      });
    } finally {
      await store.close();
    }
    log.info("the server has stopped");
  } finally {
    lock.release();
    close();
  }
}

async function serveStore(
  runtime: Runtime,
  project: Project,
  store: Store,
  log: Log,
  address: HttpAddress,
  canLoadCode: boolean,
  onListening: (url: string) => void,
): Promise<void> {
  const { parameters, server: config } = project.config;
  const all = await pipelinesToServe(project.dir, canLoadCode, log);
  const graph = await projectGraph(runtime, project, all);
  const thread = new GraphThread({
    workerUrl: runtime.graphWorkerUrl,
    graph: () => graph,
    timers: systemTimers,
  });
  const stop = stopSignal();

  const predictor = createPredictor();
  const readModel = modelReader(runtime, project);
  const registry = await openRegistry(runtime, store, readModel, parameters.classes, async (artifacts) => {
    await startBackend(runtime, SERVING_THREADS);
    await predictor.check(artifacts);
  });
  const champion = createChampionFollower({
    registry,
    predictor,
    readModel,
    store,
    clock: runtime.clock,
    log: log.of("models"),
  });
  const scheduler = createScheduler({
    store: schedulerStoreDeps(store),
    clock: runtime.clock,
    timers: systemTimers,
    processes: systemProcesses,
    spawnRun: createSpawner({
      command: runtime.command,
      dir: project.dir,
      env: project.env,
      flags: [
        ...(canLoadCode ? [] : ["--no-user-code"]),
        ...(project.confSource === null ? [] : ["--conf-source", project.confSource]),
      ],
    }),
    formatParams,
    newId: () => Bun.randomUUIDv7(),
    config: {
      threshold: config.scheduler.triggers.new_samples,
      firstModel: {
        classes: parameters.classes,
        perClass: config.scheduler.triggers.first_model.per_class,
        total: config.scheduler.triggers.first_model.total,
      },
      minIntervalMs: config.scheduler.min_interval * 1000,
      maxBackoffMs: MAX_BACKOFF_MS,
      checkIntervalMs: SCHEDULER_CHECK_MS,
      graceMs: RUN_GRACE_MS,
    },
    onEvent: schedulerLog(log.of("scheduler")),
  });
  const events = await createEventFeed(store, (error) =>
    log.error("a run event was not passed on", { error }),
  );
  const refusals = createRefusals(log.of("http"), systemTimers.monotonicMs);
  const app = createApp({
    store,
    predictor,
    registry: champion.registry,
    scheduler,
    events,
    clock: runtime.clock,
    classes: parameters.classes,
    pipelines: Object.keys(all.pipelines),
    graph: () => graph,
    drawGraph: (drawing) => thread.draw(drawing),
    previews: createPreviews(runtime, project, store),
    results: createRunResults(runtime, project, store),
    limits: { bodyBytes: config.limits.body_bytes },
    allowedHosts: isLoopback(address.hostname) ? ["localhost", "127.0.0.1", "::1", address.hostname] : null,
    version: runtime.version,
    assets: await runtime.embedded.page(),
    log: log.of("http"),
    refusals,
  });

  const listener = listen(address, app.fetch, config.limits.body_bytes, log.of("http"));
  const loop = (intervalMs: number, failure: string, work: () => unknown) =>
    every(systemTimers, intervalMs, work, (error) => log.error(failure, { error }));
  const loops = [
    // The champion first: whoever hears of its promotion is answered by it.
    loop(FOLLOW_INTERVAL_MS, "the champion and run events cannot be followed", () =>
      champion.follow().then(events.poll),
    ),
    loop(FLUSH_INTERVAL_MS, "predictions cannot be stored", () => store.predictions.flush()),
    loop(REFUSALS_INTERVAL_MS, "refusals cannot be summarised", refusals.summarise),
  ];
  try {
    onListening(urlOf(listener, address));
    await startBackend(runtime, SERVING_THREADS);
    await champion.start();
    await scheduler.start();
    const model = predictor.current();
    log.info("the server is ready", { version: runtime.version, model_version: model?.version ?? null });
    await stop.asked;
    log.info("the server is stopping");
  } finally {
    await Promise.all([scheduler.stop(), ...loops.map((loop) => loop.stop())]);
    await Promise.race([listener.stop(), Bun.sleep(STOP_GRACE_MS)]);
    await listener.stop(true);
    thread.close();
    await predictor.close();
    stop.release();
    refusals.summarise();
  }
}

function listen(
  address: HttpAddress,
  fetch: (request: Request) => Response | Promise<Response>,
  bodyBytes: number,
  log: Log,
) {
  const { hostname, port } = address;
  try {
    // The application answers for too long a body itself; this bounds what is read before it is asked.
    return Bun.serve({
      hostname,
      port,
      fetch,
      maxRequestBodySize: 2 * bodyBytes,
      // Bun's own would answer and print with the error in full.
      error(error) {
        log.error("a request failed outside of the application", { error });
        return new Response("The server failed.", { status: 500 });
      },
    });
  } catch (error) {
    const hint = "Choose another with --http host:port";
    throw new UnavailableError(`Cannot listen on ${hostname}:${port}: ${messageOf(error)}. ${hint}`, {
      cause: error,
    });
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "::1" || /^127\./.test(hostname);
}

function urlOf(listener: { port?: number }, { hostname }: HttpAddress): string {
  const anywhere = hostname === "0.0.0.0" || hostname === "::";
  const host = anywhere ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `http://${host}:${listener.port}`;
}
