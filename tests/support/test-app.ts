import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { createPasswords } from "../../src/access/passwords.ts";
import { createPeople } from "../../src/access/people.ts";
import { checkParams } from "../../src/config/check-params.ts";
import { createPictures } from "../../src/graph/pictures.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { createApp } from "../../src/http/app.ts";
import type { AppDeps } from "../../src/http/deps.ts";
import { createLearning } from "../../src/learning/learning.ts";
import { NotFoundError } from "../../src/lib/errors.ts";
import { createMonitor } from "../../src/monitoring/monitor.ts";
import { createMetrics } from "../../src/monitoring/prometheus/metrics.ts";
import { createSampleFiles } from "../../src/project/samples/sample-uploads.ts";
import { createProjectMemory } from "../../src/serving/everybody/project-memory.ts";
import { createPersonalMemory } from "../../src/serving/personal/personal-memory.ts";
import { inStep, rememberingStore } from "../../src/serving/personal/remembering-store.ts";
import { openStore } from "../../src/storage/open.ts";
import { drawGraph, SERVER_LINKS } from "../../views/graph/drawing.tsx";
import { RULES } from "../trials/support.ts";
import { BASE } from "./base-config.ts";
import { errorLog } from "./error-log.ts";
import { ManualEventFeed } from "./event-feed.ts";
import { FakePredictor, PIXEL_FEATURES } from "./fake-predictor.ts";
import { FakeRegistry } from "./fake-registry.ts";
import { FakeReplays } from "./fake-replays.ts";
import { FakeScheduler } from "./fake-scheduler.ts";
import { projectSettings } from "./project-settings.ts";

/** An application under test, with its fakes. */
export interface TestApp {
  app: Hono;
  deps: AppDeps;
  store: AppDeps["store"];
  predictor: FakePredictor;
  registry: FakeRegistry;
  scheduler: FakeScheduler;
  events: ManualEventFeed;
  /** Errors that reached the log. */
  errors: unknown[];
  /** Sends `body` as JSON; a string is sent unchanged. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** The real application on a real store in memory, a fixed clock, and fakes for everything that computes. */
export async function createTestApp(overrides: Partial<AppDeps> = {}): Promise<TestApp> {
  const clock = { now: () => new Date("2026-01-02T03:04:05.000Z") };
  const plain = await openStore({
    ...{ path: ":memory:", clock: overrides.clock ?? clock, holdoutFraction: 0.2 },
  });
  const predictor = new FakePredictor();
  const registry = new FakeRegistry();
  const scheduler = new FakeScheduler();
  scheduler.requests = plain.scheduler;
  const events = new ManualEventFeed();
  const errors: unknown[] = [];
  const log = errorLog(errors);
  const memory = createPersonalMemory({ store: plain.personal, predictor, clock, log });
  const classes = overrides.classes ?? ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
  const everybody = createProjectMemory({
    ...{ store: plain.personal, classes, log, examplesOf: () => [] },
    isNeeded: async () => predictor.current() === null && (await registry.champion()) === null,
    load: async () => ({ features: PIXEL_FEATURES, close: async () => {} }),
  });
  const store = rememberingStore(plain, inStep([memory, everybody]), log);
  const pictures = createPictures();
  const deps: AppDeps = {
    store,
    predictor,
    memory,
    everybody,
    registry,
    modelFiles: NO_MODEL_FILES,
    sampleFiles: overrides.sampleFiles ?? (await sampleFilesOf(store, classes, log)),
    scheduler,
    forgetter: {
      preview: async (whose) => ({ ...(await store.forgetting.preview(whose)), copies: [] }),
      async forget(whose, actor) {
        const preview = await store.forgetting.preview(whose);
        await store.forgetting.forget(whose, actor, new Uint8Array(32).fill(1));
        return { ...preview, copies: [], exampleImages: 0, files: [], elsewhere: [] };
      },
    },
    labelling: () => ({ leaseMs: 120_000, shares: { second: 0.05, known: 0.03 } }),
    scoring: {
      versions: () => ({
        live: (overrides.predictor ?? predictor).current()?.version ?? null,
        compared: null,
      }),
      score: async (images) => images.map(() => null),
    },
    drawNotice: () => ({ en: null, ja: null }),
    backups: { state: async () => ({ records: [], nextAt: null, failed: null }) },
    webhooks: NO_WEBHOOKS,
    trials: {
      rules: () => RULES,
      counts: () => ({ scored: 0, disagreed: 0, dropped: 0, waiting: 0, msPerDrawing: null }),
      replays: new FakeReplays(),
    },
    events,
    clock,
    monitor: createMonitor({
      store: (overrides.store ?? store).monitoring,
      clock: overrides.clock ?? clock,
      config: () => MONITORING,
      liveVersion: () => (overrides.predictor ?? predictor).current()?.version ?? null,
      predict: (pixels) => predictor.predict(pixels),
      referenceImages: async () => null,
      pause: async () => true,
      rest: async () => true,
    }),
    learning: createLearning({
      store: overrides.store ?? store,
      results: { learningCurve: async (runId) => overrides.results?.learningCurve(runId) ?? null },
      clock: overrides.clock ?? clock,
      liveVersion: () => (overrides.predictor ?? predictor).current()?.version ?? null,
    }),
    settings: NO_CONF,
    metrics: createMetrics("0.1.0-test", false),
    monotonicMs: () => 0,
    isMachineBusy: () => false,
    classes,
    pipelines: ["__default__", "tuning"],
    checkParams: (given) => checkParams({ base: BASE, dir: "/nonexistent", environ: {} }, given),
    graph: () => EMPTY_GRAPH,
    drawGraph: async (drawing) => drawGraph(drawing, deps.graph(), pictures, SERVER_LINKS),
    limits: { bodyBytes: 65_536, drawingBytes: 524_288, modelBytes: 4_194_304, importBytes: 1_048_576 },
    isOurHost: (name) => ["localhost", "127.0.0.1", "::1"].includes(name),
    access: "local",
    trust: { thisMachine: true, isProxy: () => false, isEncrypted: false },
    people: createPeople({
      ...{ store: (overrides.store ?? store).access, clock: overrides.clock ?? clock, monotonicMs: () => 0 },
      passwords: createPasswords({ memoryCost: 8, timeCost: 1 }),
    }),
    drawingLimits: { perSession: 60, perAddress: 1_200, visitorsPerAddress: 300 },
    process: {
      urls: () => [],
      openCommand: "tegaki serve --http 0.0.0.0:8000 --open-to-anyone",
      quit: () => {},
    },
    version: "0.1.0-test",
    manual: async () => MANUAL,
    assets: new Map(),
    log,
    refusals: { count: () => {} },
    ...overrides,
  };
  const app = createApp(deps);
  return {
    app,
    deps,
    store: deps.store,
    predictor,
    registry,
    scheduler,
    events,
    errors,
    async send(method, path, body, headers = {}) {
      if (body === undefined) return app.request(path, { method, headers });
      const text = typeof body === "string" ? body : JSON.stringify(body);
      return app.request(path, {
        method,
        body: text,
        headers: { "content-type": "application/json", ...headers },
      });
    },
  };
}

/** A manual of two pages. */
const MANUAL: Awaited<ReturnType<AppDeps["manual"]>> = [
  {
    ...{ name: "gate", title: "The gate", section: "running" },
    html: '<h1 id="the-gate">The gate</h1><h2 id="checks">Checks</h2><h2 id="evidence">Evidence</h2><h2 id="verdict">Verdict</h2><p>See <a href="/docs/scheduler">Scheduler</a>.</p>',
    headings: [
      { id: "checks", title: "Checks" },
      { id: "evidence", title: "Evidence" },
      { id: "verdict", title: "Verdict" },
    ],
  },
  {
    ...{ name: "scheduler", title: "Scheduler", section: "running", headings: [] },
    html: '<h1 id="scheduler">Scheduler</h1>',
  },
];

/** The settings of a project without files. */
const { settings: NO_CONF } = await projectSettings({ dir: "/nonexistent" });
/** Real uploads, in a folder of this process that is removed at its end. */
async function sampleFilesOf(
  store: AppDeps["store"],
  classes: readonly string[],
  log: AppDeps["log"],
): Promise<AppDeps["sampleFiles"]> {
  const folder = join(tmpdir(), `tegaki-uploads-${process.pid}`, String(uploadFolders++));
  return createSampleFiles({ folder, store, classes, log });
}

let uploadFolders = 0;
process.on("exit", () =>
  rmSync(join(tmpdir(), `tegaki-uploads-${process.pid}`), { recursive: true, force: true }),
);

/** A server without a webhook. */
const NO_WEBHOOKS: AppDeps["webhooks"] = {
  webhooks: [],
  deliveries: async () => [],
  test: async (name) => {
    throw new NotFoundError(`There is no webhook "${name}" in server.yml`);
  },
};

const refuse = () => Promise.reject(new NotFoundError("The fake registry has no files"));

/** For tests that do not touch files of versions. */
const NO_MODEL_FILES: AppDeps["modelFiles"] = {
  export: refuse,
  import: refuse,
  diff: refuse,
  neededBy: async () => [],
  delete: refuse,
  prune: async () => [],
};

const MONITORING = {
  keepHours: 192,
  keepDays: 400,
  drift: { psi: 0.25, js: 0.04, minPredictions: 500, minSeconds: 3_600 },
};

const EMPTY_GRAPH: PipelineGraph = {
  pipelines: [
    { name: "__default__", nodes: [] },
    { name: "tuning", nodes: [] },
  ],
  datasets: {},
  parameters: {},
};

/** A slanted line on a 100x100 canvas, as a client sends it. */
export const STROKES = {
  strokes: [
    [
      [55, 10],
      [50, 50],
      [45, 90],
    ],
  ],
  width: 100,
  height: 100,
};
