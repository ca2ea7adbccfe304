import { type HttpAddress, parseHttpAddress } from "../config/address.ts";
import { formatParams } from "../config/params.ts";
import type { Store } from "../domain/store.ts";
import { createApp } from "../http/app.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
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
import { projectGraph } from "./project-graph.ts";
import { schedulerStoreDeps } from "./scheduler-store.ts";

export interface ServeOptions extends ProjectOptions {
  /** host:port; overrides server.yml. */
  http?: string;
  open: boolean;
  /** What of it to open; the first page when left out. */
  openPath?: string;
  /** Whether the pipelines in the project's `src/pipelines` may be loaded and run. */
  canLoadCode: boolean;
}

/** How often the store is looked at for what other processes did: run events, a champion that moved. */
const FOLLOW_INTERVAL_MS = 200;
const FLUSH_INTERVAL_MS = 250;
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
  try {
    const store = await openProjectStore(runtime, project);
    try {
      await serveStore(runtime, project, store, address, options.canLoadCode, (url) => {
        lock.setAddress(url);
        runtime.print(`tegaki ${runtime.version} is at ${url} (Ctrl-C stops it); data in ${project.dataDir}`);
        if (options.open) openInBrowser(url + (options.openPath ?? ""));
      });
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

async function serveStore(
  runtime: Runtime,
  project: Project,
  store: Store,
  address: HttpAddress,
  canLoadCode: boolean,
  onListening: (url: string) => void,
): Promise<void> {
  const { parameters, server: config } = project.config;
  const report = (error: unknown) => runtime.print(`tegaki: ${messageOf(error)}`);
  const all = await pipelinesToServe(project.dir, canLoadCode, runtime.print);
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
    report,
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
    onEvent(event) {
      if (event.type === "error") report(event.error);
      if (event.type === "run_ended") runtime.print(`Run ${event.runId} ended: ${event.status}`);
    },
  });
  const events = await createEventFeed(store, report);
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
    onError: (error, { method, path }) => report(`${method} ${path}: ${messageOf(error)}`),
  });

  const listener = listen(address, app.fetch, config.limits.body_bytes);
  const loops = [
    // The champion first: whoever hears of its promotion is answered by it.
    every(systemTimers, FOLLOW_INTERVAL_MS, () => champion.follow().then(events.poll), report),
    every(systemTimers, FLUSH_INTERVAL_MS, () => store.predictions.flush(), report),
  ];
  try {
    onListening(urlOf(listener, address));
    await startBackend(runtime, SERVING_THREADS);
    await champion.start();
    await scheduler.start();
    await stop.asked;
  } finally {
    await Promise.all([scheduler.stop(), ...loops.map((loop) => loop.stop())]);
    await Promise.race([listener.stop(), Bun.sleep(STOP_GRACE_MS)]);
    await listener.stop(true);
    thread.close();
    await predictor.close();
    stop.release();
  }
}

function listen(
  address: HttpAddress,
  fetch: (request: Request) => Response | Promise<Response>,
  bodyBytes: number,
) {
  const { hostname, port } = address;
  try {
    // The application answers for too long a body itself; this bounds what is read before it is asked.
    return Bun.serve({ hostname, port, fetch, maxRequestBodySize: 2 * bodyBytes });
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
