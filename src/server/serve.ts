import { join } from "node:path";
import { adminLinkWords } from "../access/admin-link.ts";
import { createPasswords } from "../access/passwords.ts";
import { createPeople } from "../access/people.ts";
import { copiesSince } from "../backup/records.ts";
import { type HttpAddress, parseHttpAddress } from "../config/address.ts";
import { COMMAND_LINE } from "../domain/actor.ts";
import { ADMISSION, admitting } from "../http/admission.ts";
import { createApp } from "../http/app.ts";
import { createHandler, failedResponse } from "../http/handler.ts";
import { createRefusals, type Refusals } from "../http/refusals.ts";
import type { PoolScorer } from "../labelling/pool-scorer.ts";
import { createLearning } from "../learning/learning.ts";
import { messageOf, UsageError } from "../lib/errors.ts";
import type { Log, LogFormat, LogLevel } from "../lib/log.ts";
import { stopSignal } from "../lib/stop-signal.ts";
import type { ModelFiles } from "../model-registry/model-files.ts";
import { schedulerDrift } from "../monitoring/drift/scheduler-drift.ts";
import type { Monitor } from "../monitoring/monitor.ts";
import { createMetrics } from "../monitoring/prometheus/metrics.ts";
import { createForgetter } from "../project/forgetting/forgetter.ts";
import { createModelFiles } from "../project/models/create-model-files.ts";
import { createPreviews } from "../project/previews.ts";
import {
  configSources,
  hasStore,
  loadProject,
  openAnotherStore,
  openServerStore,
  type ProjectOptions,
  projectOptions,
} from "../project/project.ts";
import { sourcesOf } from "../project/project-pipelines.ts";
import type { Runtime } from "../project/runtime.ts";
import { createSampleFiles } from "../project/samples/sample-uploads.ts";
import { userPipelineNames } from "../project/user-pipelines.ts";
import { classesProblem, liveModel, modelProblems, throwProblems } from "../runs/check-model.ts";
import { checkRun, drawingsProblem } from "../runs/check-run.ts";
import { isRunning } from "../runs/run-record.ts";
import { createRunResults } from "../runs/saved-results.ts";
import { every, type Loop } from "../scheduler/loop.ts";
import { systemTimers } from "../scheduler/timers.ts";
import { createPersonalMemory } from "../serving/personal/personal-memory.ts";
import { type Following, inStep, rememberingStore } from "../serving/personal/remembering-store.ts";
import type { TrialKeeper } from "../trials/keeper.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import { approvedPromotion } from "./approved-promotion.ts";
import { backupProcess } from "./backups/backup-process.ts";
import { backupSettings } from "./backups/backup-settings.ts";
import { createScheduledBackups, type ScheduledBackups } from "./backups/scheduled-backups.ts";
import type { ChampionFollower } from "./champion-follower.ts";
import { createEventFeed, type PolledEventFeed } from "./event-feed.ts";
import { GraphThread } from "./graph-thread.ts";
import { type LabelAppender, openLabelAppender } from "./label-appender.ts";
import { createServedLabelling } from "./labelling.ts";
import { listen } from "./listen.ts";
import { lockOrOpen } from "./lock-or-open.ts";
import { logFailure } from "./log/log-failure.ts";
import { openProcessLog } from "./log/process-log.ts";
import { isMachineBusy } from "./machine-load.ts";
import { createModelServing, startServingBackend } from "./model-serving.ts";
import { createServedMonitor } from "./monitoring.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { pipelinesToServe, requireShown } from "./pipelines-to-serve.ts";
import { projectGraph } from "./project-graph.ts";
import { createServedProjectMemory } from "./project-memory.ts";
import { pruneModels } from "./prune-models.ts";
import { type Reach, reachOf } from "./reach.ts";
import { createDrawingRetention, type DrawingRetention } from "./retention/drawing-retention.ts";
import type { Served } from "./served.ts";
import { tellServiceManager } from "./service-manager.ts";
import { createLiveSettings } from "./settings/live-settings.ts";
import { createServedSettings, settingFlags } from "./settings/served-settings.ts";
import { readTls, type TlsFiles } from "./tls.ts";
import { createTrainingScheduler } from "./training-scheduler.ts";
import { openTrials } from "./trials/open-trials.ts";
import { createProjectOutbox, tellOfDrift } from "./webhooks.ts";

/** The options of `tegaki serve`. */
export interface ServeOptions extends ProjectOptions {
  /** host:port; overrides server.yml. */
  http?: string;
  open: boolean;
  /** Whether anyone who can reach the address may use the server; overrides server.yml. */
  isOpenToAnyone: boolean;
  /** The pipeline whose graph to open; the first page when omitted. It must exist. Null for any. */
  shown?: string | null;
  /** Whether the pipelines in the project's `src/pipelines` may be loaded and run. */
  canLoadCode: boolean;
  /** Overrides server.yml. */
  logFormat?: LogFormat;
  /** Overrides server.yml. */
  logLevel?: LogLevel;
}

/** How often the store is checked for changes by other processes: run events, a champion that has moved. */
const FOLLOW_INTERVAL_MS = 200;
const FLUSH_INTERVAL_MS = 250;
/** How long a label may be missing in the file that `samples.append_to` names, as long as that is quick to write. */
const APPEND_INTERVAL_MS = 2_000;
const APPEND_FAILURE = "labels cannot be appended to the file of samples.append_to; they are in the store";
const WEBHOOKS_INTERVAL_MS = 1_000;
/** How soon a label counts in a trial, and a trial that was requested starts. */
const TRIALS_INTERVAL_MS = 1_000;
/** How soon a drawing without a label is scored, and every drawing after a change of the live model. */
const SCORING_INTERVAL_MS = 1_000;
const REFUSALS_INTERVAL_MS = 60_000;
const PRUNE_INTERVAL_MS = 60_000;
/** How soon after midnight (UTC), or after a run, old drawings are deleted. */
const RETENTION_INTERVAL_MS = 600_000;
/** How soon after its time a backup begins. */
const BACKUP_INTERVAL_MS = 30_000;
const PRUNE_FAILURE = "the files of old model versions cannot be removed";
/** How soon memory learns of labels that another process has stored or changed. */
const MEMORY_INTERVAL_MS = 1_000;
const MONITOR_INTERVAL_MS = 10_000;
const COUNT_FAILURE = "predictions cannot be counted; they are kept for the next attempt";
/** Time for requests under way to end; streams are cut then. */
const STOP_GRACE_MS = 1_000;

/** Reads `--http`. @throws UsageError naming the option and the expected form. */
function addressOf(option: string): HttpAddress {
  try {
    return parseHttpAddress(option);
  } catch (error) {
    throw new UsageError(`--http: ${messageOf(error)}`, { cause: error });
  }
}

function pathOf(shown: ServeOptions["shown"]): string {
  if (shown === undefined) return "";
  return shown === null ? "/pipelines" : `/pipelines?${new URLSearchParams({ pipeline: shown })}`;
}

/** `tegaki serve`: runs until a signal stops it. @throws whatever kept it from starting; nothing is left behind. */
export async function serve(runtime: Runtime, options: ServeOptions): Promise<void> {
  // Compiling the kernels keeps another thread busy meanwhile. A failure is thrown where they are needed.
  startServingBackend(runtime).catch(() => {});
  // Its warnings are in the log, which is opened with the settings of the project.
  const project = await loadProject(runtime, options, () => {});
  const address = options.http === undefined ? project.config.server.http : addressOf(options.http);
  const { allowed_hosts, trusted_proxies, access } = project.config.server;
  const tls = readTls(project.config.server.tls, project.dir);
  const reach = reachOf(address, {
    ...{ access: options.isOpenToAnyone ? "anyone" : access, allowedHosts: allowed_hosts },
    ...{ trustedProxies: trusted_proxies, isEncrypted: tls !== null },
  });
  const { format, level } = project.config.server.log;
  const { log, close } = openProcessLog(
    runtime,
    { format: options.logFormat ?? format, level: options.logLevel ?? level },
    project.credentials,
  );
  for (const warning of project.config.warnings) log.warning(warning);
  try {
    if (!(await hasStore(project))) await tryAddress(address, log);
    const lock = await lockOrOpen(runtime, project.dataDir, options.open ? pathOf(options.shown) : null);
    if (lock === null) return;
    try {
      const { canLoadCode, shown } = options;
      const settings = createLiveSettings(project.config.server);
      const flags = settingFlags(options);
      await serveStore(
        { runtime, project, settings, flags, log, canLoadCode, shown },
        { address, reach, tls },
        (url, port, adminLink) => {
          lock.setAddress(url);
          runtime.print(
            `tegaki ${runtime.version} is at ${url} (Ctrl-C stops it); data in ${project.dataDir}`,
          );
          runtime.print(reach.describe(port));
          if (reach.warning !== null) runtime.print(`Warning: ${reach.warning}.`);
          if (adminLink !== null)
            runtime.print(`Nobody can log in yet. ${adminLinkWords(reach.urls(port)[0] ?? url, adminLink)}`);
          if (options.open) openInBrowser(url + pathOf(options.shown));
        },
      );
    } finally {
      lock.release();
    }
  } finally {
    close();
  }
}

/** Before a data directory is created: an address that cannot be used must not leave one behind. */
async function tryAddress(address: HttpAddress, log: Log): Promise<void> {
  await listen(address, async () => failedResponse(), log).stop(0);
}

/** @param adminLink the secret of a link by which someone becomes the first admin; null when there is one, or need be none. */
type OnListening = (url: string, port: number, adminLink: string | null) => void;

/** Where a server listens, who can reach it, and with which certificate. */
interface Door {
  address: HttpAddress;
  reach: Reach;
  tls: TlsFiles | null;
}

async function serveStore(
  served: Omit<Served, "store">,
  door: Door,
  onListening: OnListening,
): Promise<void> {
  const store = await openServerStore(served.runtime, served.project);
  try {
    await serveProject({ ...served, store }, door, onListening);
  } finally {
    await store.close();
  }
  served.log.info("the server has stopped");
}

/** Builds everything, listens, and takes it down again in the opposite order. */
async function serveProject(
  served: Served,
  { address, reach, tls }: Door,
  onListening: OnListening,
): Promise<void> {
  const { runtime, project, store, log } = served;
  const { parameters, server } = project.config;
  const labels = await openLabelAppender(served);
  const stop = stopSignal();
  const quit = Promise.withResolvers<void>();
  let port = () => address.port;
  const pipelines = await pipelinesToServe(sourcesOf(project), served.canLoadCode, log);
  requireShown(pipelines, served.shown, await userPipelineNames(project.dir));
  const gone = classesProblem(project.config, await liveModel(runtime, project, store));
  if (gone !== null) throwProblems([gone]);
  const graph = await projectGraph(runtime, project, pipelines);
  const { graphWorkerUrl: workerUrl } = runtime;
  const thread = new GraphThread({ workerUrl, graph: () => graph, timers: systemTimers });
  const { predictor: live, champion } = await createModelServing(served);
  const { predictor, ...trials } = openTrials(served, live, champion.registry);
  const modelFiles = createModelFiles(
    ...([runtime, project, store, champion.registry] as const),
    () => served.settings.current().models.keep,
  );
  const { monitor, stop: stopMonitor } = createServedMonitor(served, live);
  trials.shadow.onScored(monitor.recordTrial);
  const { clock } = runtime;
  const memory = createPersonalMemory({ store: store.personal, predictor, clock, log: log.of("memory") });
  const everybody = createServedProjectMemory(served, live, champion.registry);
  const memories = inStep([memory, everybody]);
  const remembering = rememberingStore(store, memories, log.of("memory"));
  const webhooks = createProjectOutbox(served);
  monitor.onDrift((state) => void tellOfDrift(webhooks, state, runtime.clock, log));
  const scheduler = createTrainingScheduler(served, {
    drift: async () => schedulerDrift(await monitor.driftState()),
    promote: approvedPromotion(champion.registry),
  });
  const events = await createEventFeed(store, (error) =>
    log.error("a run event was not passed on", { error }),
  );
  const refusals = createRefusals(log.of("http"), systemTimers.monotonicMs);
  const metrics = createMetrics(runtime.version, true);
  const results = createRunResults(runtime, project, store);
  const forgetter = createForgetter({
    ...{ place: project, store: remembering, isRunning },
    open: () => openAnotherStore(runtime, project),
    copiesSince: (since) => copiesSince(project.dir, since),
    onCleaned: results.drop,
  });
  const retention = createDrawingRetention({
    ...{ forgetter, store: store.forgetting, clock, log: log.of("retention") },
    days: () => served.settings.current().samples.delete_after_days,
  });
  const labelling = createServedLabelling(served, live, champion.registry);
  const backupChild = backupProcess(served);
  const backups = createScheduledBackups({
    ...{ dir: project.dir, run: backupChild.run, clock, log: log.of("backup"), notify: store.notices.add },
    settings: () => backupSettings(served.settings.current()),
  });
  const people = createPeople({
    ...{ store: store.access, clock, passwords: createPasswords(), monotonicMs: systemTimers.monotonicMs },
  });
  const app = createApp({
    ...{
      store: remembering,
      predictor,
      memory,
      everybody,
      clock,
      scheduler,
      events,
      refusals,
      webhooks,
      monitor,
    },
    registry: champion.registry,
    trials: { rules: trials.rules, counts: trials.shadow.counts, replays: trials.replays },
    learning: createLearning({
      ...{ store, results, clock: runtime.clock },
      liveVersion: () => predictor.current()?.version ?? null,
    }),
    modelFiles,
    labelling: labelling.rules,
    scoring: labelling.scorer,
    settings: createServedSettings(served, () => scheduler.notifyNewSample()),
    metrics,
    monotonicMs: systemTimers.monotonicMs,
    isMachineBusy: () => isMachineBusy(),
    classes: parameters.classes,
    pipelines: Object.keys(pipelines.pipelines),
    checkParams: async (given, run) =>
      checkRun(
        {
          sources: await configSources(runtime, projectOptions(project)),
          pipelines: pipelines.pipelines,
          more: async (config, nodes) => {
            const drawings = await drawingsProblem(config, nodes, store);
            const model = modelProblems(config, nodes, await liveModel(runtime, project, store));
            return drawings === null ? model : [drawings, ...model];
          },
        },
        given,
        run,
      ),
    sampleFiles: await createSampleFiles({
      folder: join(project.dataDir, "uploads"),
      store: remembering,
      classes: parameters.classes,
      log: log.of("http"),
    }),
    graph: () => graph,
    drawGraph: (drawing) => thread.draw(drawing),
    previews: createPreviews(runtime, project, store),
    results,
    forgetter,
    backups,
    drawNotice: () => served.settings.current().draw.notice,
    limits: {
      bodyBytes: server.limits.body_bytes,
      drawingBytes: server.limits.drawing_bytes,
      modelBytes: server.limits.model_bytes,
      importBytes: server.limits.import_bytes,
    },
    isOurHost: reach.isOurHost,
    access: reach.access,
    trust: reach.trust,
    people,
    drawingLimits: {
      perSession: server.limits.drawings_per_minute,
      perAddress: server.limits.address_drawings_per_minute,
      visitorsPerAddress: server.limits.visitor_drawings_per_minute,
    },
    process: {
      urls: () => reach.urls(port()),
      openCommand: `tegaki serve --http 0.0.0.0:${address.port === 0 ? "8000" : address.port}`,
      quit: quit.resolve,
    },
    version: runtime.version,
    manual: () => runtime.embedded.manual(),
    assets: await runtime.embedded.page(),
    log: log.of("http"),
  });
  const handle = admitting(createHandler(app, log.of("http")), ADMISSION, {
    ...{ refusals, metrics, timers: systemTimers },
  });
  const listener = listen(address, handle, log.of("http"), tls);
  port = () => listener.port;
  const loops = startLoops(served, {
    ...{ champion, events, refusals, labels, webhooks, modelFiles, monitor, memories, retention, backups },
    trials: trials.keeper,
    scorer: labelling.scorer,
  });
  try {
    const needsAdmin = reach.isOpen && !(await store.access.hasAdmin());
    onListening(listener.url, listener.port, needsAdmin ? await people.adminLink(COMMAND_LINE) : null);
    await startServingBackend(runtime);
    await champion.start();
    await scheduler.start();
    const model_version = predictor.current()?.version ?? null;
    log.info("the server is ready", { version: runtime.version, model_version });
    void tellServiceManager(runtime.environ, log);
    await pruneModels(modelFiles, log.of("models")).catch((error) => log.error(PRUNE_FAILURE, { error }));
    await Promise.race([stop.received, quit.promise]);
    log.info("the server is stopping");
  } finally {
    stopMonitor();
    labelling.stop();
    backupChild.stop();
    await Promise.all([scheduler.stop(), ...loops.map((loop) => loop.stop())]);
    await listener.stop(STOP_GRACE_MS);
    thread.close();
    trials.close();
    await Promise.all([predictor.close(), everybody.close()]);
    stop.release();
    refusals.summarise();
    await monitor.flush().catch((error) => log.error(COUNT_FAILURE, { error }));
    await labels.finish().catch((error) => log.error(APPEND_FAILURE, { error }));
  }
}

/** The recurring work of a server. A failure is logged, and the work is tried again at its next turn. */
function startLoops(
  { store, log }: Served,
  parts: {
    champion: ChampionFollower;
    events: PolledEventFeed;
    refusals: Refusals;
    labels: LabelAppender;
    webhooks: Outbox;
    trials: TrialKeeper;
    modelFiles: ModelFiles;
    monitor: Monitor;
    memories: Following;
    retention: DrawingRetention;
    scorer: PoolScorer;
    backups: ScheduledBackups;
  },
): Loop[] {
  const { champion, events, refusals, labels, webhooks, trials, modelFiles, monitor, memories } = parts;
  const loop = (intervalMs: number, failure: string, work: () => unknown) =>
    every(systemTimers, intervalMs, work, (error) => logFailure(log, failure, error));
  return [
    // The champion first: by the time its promotion is announced, it answers.
    loop(FOLLOW_INTERVAL_MS, "the champion and run events cannot be followed", () =>
      champion.follow().then(events.poll),
    ),
    loop(FLUSH_INTERVAL_MS, "predictions cannot be stored", () => store.predictions.flush()),
    loop(FLUSH_INTERVAL_MS, COUNT_FAILURE, monitor.flush),
    loop(MEMORY_INTERVAL_MS, "changed drawings cannot be remembered", memories.follow),
    loop(MONITOR_INTERVAL_MS, "the predictions cannot be compared with the reference", monitor.check),
    loop(APPEND_INTERVAL_MS, APPEND_FAILURE, labels.follow),
    loop(WEBHOOKS_INTERVAL_MS, "webhooks cannot be told of events", webhooks.work),
    loop(TRIALS_INTERVAL_MS, "the trials cannot be continued", trials.turn),
    loop(SCORING_INTERVAL_MS, "the label queue cannot be scored", parts.scorer.turn),
    loop(PRUNE_INTERVAL_MS, PRUNE_FAILURE, () => pruneModels(modelFiles, log.of("models"))),
    loop(RETENTION_INTERVAL_MS, "old drawings cannot be deleted", parts.retention.turn),
    loop(BACKUP_INTERVAL_MS, "backups cannot be made", parts.backups.turn),
    loop(REFUSALS_INTERVAL_MS, "refusals cannot be summarised", refusals.summarise),
  ];
}
