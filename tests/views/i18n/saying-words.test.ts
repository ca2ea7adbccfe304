import { afterAll, beforeAll, expect, test } from "bun:test";
import { checkParams } from "../../../src/config/check-params.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { GateRecord } from "../../../src/domain/gate.ts";
import { runParamsProblem } from "../../../src/domain/limits/run-params.ts";
import { NO_METRICS } from "../../../src/domain/metrics.ts";
import type { AnnotationChange } from "../../../src/domain/runs/run-annotations.ts";
import { lackingProblem, unreadParams } from "../../../src/domain/runs/run-inputs.ts";
import { lostValues } from "../../../src/engine/pipeline/lost-values.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { failureOf } from "../../../src/engine/run/outcome.ts";
import { NO_FACTS } from "../../../src/graph/facts.ts";
import { runsToCompare } from "../../../src/http/compare.ts";
import { startAgain } from "../../../src/http/runs-again.ts";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import { InputError, saysOf } from "../../../src/lib/errors.ts";
import { type Saying, type Sentence, saying } from "../../../src/lib/saying.ts";
import { createModelRegistry } from "../../../src/model-registry/stored-registry.ts";
import { calibrateModel, calibrationSaying, calibrationText } from "../../../src/pipelines/calibrate.ts";
import { controlOf } from "../../../src/pipelines/control.ts";
import { reportTraining, trainModel } from "../../../src/pipelines/ds/nodes.ts";
import { evaluateModel } from "../../../src/pipelines/evaluate/nodes.ts";
import { trainFirst } from "../../../src/pipelines/first/nodes.ts";
import { fineTune } from "../../../src/pipelines/ft/nodes.ts";
import { screenLabels } from "../../../src/pipelines/screen/nodes.ts";
import { createForgetter } from "../../../src/project/forgetting/forgetter.ts";
import { beginRun } from "../../../src/runs/run-record.ts";
import {
  CANCELLED,
  cannotStart,
  INTERRUPTED,
  NO_RESULT,
  noRun,
  notRunning,
  processFailed,
  SERVER_STOPPED,
  serverStopping,
  stillRunning,
} from "../../../src/scheduler/failures.ts";
import { GraphThread, type GraphThreadOptions } from "../../../src/server/graph-thread.ts";
import { type LoadedModel, loadModel } from "../../../src/serving/loaded-model.ts";
import { verifyModel } from "../../../src/serving/verify.ts";
import { lossNotFinite, weightsNotFinite } from "../../../src/training/fit/training-failures.ts";
import type { GraphDrawing } from "../../../views/graph/drawing.tsx";
import { en } from "../../../views/i18n/en.ts";
import { sayingWords, sentenceWords } from "../../../views/i18n/saying-words.ts";
import { textIn } from "../../../views/i18n/text.ts";
import { settingsFailures } from "../../config/settings/failures.ts";
import { graphOf, query } from "../../graph/support.ts";
import { curveFailures, curveLines } from "../../pipelines/curve/curve-sentences.ts";
import { CLASSES, fakeTraining, imageSet, modelOf } from "../../pipelines/fake-training.ts";
import { mapFailures, mapLines } from "../../pipelines/map/map-sentences.ts";
import { memoryStore, newRun, newSample } from "../../storage/helpers.ts";
import { BASE } from "../../support/base-config.ts";
import { templateModel } from "../../support/models.ts";
import { createTestApp } from "../../support/test-app.ts";
import { trialFailures } from "../../trials/failures.ts";
import { accessFailures } from "./access-failures.ts";
import { importFailures } from "./import-failures.ts";
import { queueFailures } from "./queue-failures.ts";
import { registryRefusals } from "./registry-failures.ts";
import { requestFailures as requestRefusals } from "./request-failures.ts";
import { reviewFailure } from "./review-failure.ts";

let backend: Backend;
beforeAll(async () => {
  const workerUrl = new URL("../../../src/kernel-worker.ts", import.meta.url);
  backend = await initBackend({ threads: 1, workerUrl });
});
afterAll(() => backend.dispose());

const sentenceOf = (error: unknown): Sentence => ({ message: (error as Error).message, says: saysOf(error) });

/** The sentence of the error that the work ends with. */
async function thrownBy(work: () => unknown): Promise<Sentence> {
  try {
    await work();
  } catch (error) {
    return sentenceOf(error);
  }
  throw new Error("Nothing was thrown");
}

function schedulerFailures(): Sentence[] {
  const exits = [
    { code: 3, signal: null, stderrTail: "out of memory" },
    { code: 3, signal: null, stderrTail: "" },
    { code: null, signal: "SIGKILL", stderrTail: "last words" },
    { code: null, signal: "SIGKILL", stderrTail: "" },
  ];
  const errors = [stillRunning("r1"), serverStopping(), noRun("r1"), notRunning("r1")];
  return [
    ...[CANCELLED, SERVER_STOPPED, INTERRUPTED, NO_RESULT, cannotStart("r1", new Error("no such file"))],
    ...exits.map(processFailed),
    ...errors.map(sentenceOf),
  ];
}

function engineFailures(): Sentence[] {
  const [a, b] = ["a", "b"].map((name) => node({ name, func: () => 1, inputs: null, outputs: `of_${name}` }));
  const both = pipeline([a!, b!]);
  const [going, stopped] = [new AbortController().signal, AbortSignal.abort()];
  const none = { done: [], failed: [], skipped: [], unreachable: [], interrupted: [] };
  const nested = failureOf({ ...none, failed: [{ node: a!, error: new Error("out of luck") }] }, both, going);
  return [
    sentenceOf(nested),
    sentenceOf(failureOf({ ...none, interrupted: [a!, b!] }, both, stopped)),
    sentenceOf(failureOf({ ...none, done: [a!] }, both, stopped)),
  ];
}

const REJECTED: GateRecord = { passed: false, checks: [{ name: "a", passed: false, detail: "only 90 %" }] };

async function requestFailures(): Promise<Sentence[]> {
  const { scheduler } = await memoryStore();
  const decide = (id: number) =>
    thrownBy(() => scheduler.decideRequest(id, { state: "declined", by: LOCAL, reason: "no" }));
  await scheduler.addRequest({
    ...{ kind: "run", state: "approved", pipeline: "tuning", trigger: "cli", runId: null, reason: "" },
    ...{ modelVersion: null, expectedPrevious: null, requestedBy: LOCAL },
  });
  return [await decide(1), await decide(9)];
}

async function registryFailures(): Promise<Sentence[]> {
  const store = await memoryStore();
  const broken = new Set([3]);
  const registry = createModelRegistry({
    ...{ store, name: "digits" },
    check: async ({ version }) => {
      if (broken.has(version)) throw new Error("weights.bin is cut short");
    },
  });
  const register = (gate: GateRecord | null) =>
    registry.register({
      ...{ key: "x", sha256: "ab".repeat(32), runId: null, parentVersion: null },
      ...{ metrics: NO_METRICS, gate },
    });
  const by = { by: "page", actor: LOCAL, reason: "" };
  await register(REJECTED);
  await register(null);
  await register({ passed: true, checks: [] });
  await register({ passed: true, checks: [] });
  await register({ ...REJECTED, verdict: "held" });
  const gone = await thrownBy(() => registry.promote(4, { ...by, expectedPrevious: 1 }));
  await registry.promote(4, by);
  const damaged = await thrownBy(() => registry.promote(3, by));
  return [
    gone,
    damaged,
    ...(await Promise.all([
      thrownBy(() => registry.promote(9, by)),
      thrownBy(() => registry.promote(1, by)),
      thrownBy(() => registry.promote(2, by)),
      thrownBy(() => registry.promote(3, by)),
      thrownBy(() => registry.promote(4, by)),
      thrownBy(() => registry.promote(3, { ...by, expectedPrevious: 1 })),
      thrownBy(() => registry.promote(5, by)),
      thrownBy(() => registry.rollback(by)),
    ])),
  ];
}

async function pipelineFailures(): Promise<Sentence[]> {
  const { training } = fakeTraining();
  const { context } = recorder();
  const images = imageSet(0);
  return Promise.all([
    thrownBy(() => fineTune(training)({ app_y: images.labels } as never, context)),
    thrownBy(() =>
      trainFirst(training)(
        { app_y: images.labels, train: images, classes: ["a", "b"], first: {} } as never,
        context,
      ),
    ),
    thrownBy(() => trainModel(training)({ train: images, classes: ["a", "b"] } as never, context)),
  ]);
}

function trainingFailures(): Promise<Sentence[]> {
  const errors = [lossNotFinite(Number.NaN, 1, 2, 0.5), weightsNotFinite(3, 0.5)];
  return Promise.all(errors.map((error) => thrownBy(() => Promise.reject(error))));
}

/** A run of another process that is still running: `sh` here, with the word that names a run. */
async function otherRun(): Promise<Sentence> {
  const store = await memoryStore();
  const child = Bun.spawn(["sh", "-c", "echo ready; read line", "run"], { stdin: "pipe", stdout: "pipe" });
  // Before it has started, its command line may still be that of this process.
  await child.stdout.getReader().read();
  await store.runs.create(newRun("r1"));
  await store.runs.update("r1", { status: "running", pid: child.pid });
  const failure = await thrownBy(() => beginRun(store, {} as never, {} as never, { id: "r2" } as never));
  child.kill();
  return failure;
}

function paramsFailures(): Sentence[] {
  return [
    runParamsProblem({ ["a".repeat(300)]: 1 })!,
    runParamsProblem({ a: JSON.parse(`${"[".repeat(20)}${"]".repeat(20)}`) })!,
    runParamsProblem({ a: Array(2_000).fill(1) })!,
    runParamsProblem({ a: "x".repeat(20_000) })!,
  ];
}

async function servingFailures(): Promise<Sentence[]> {
  const model = (row: readonly number[]) =>
    ({
      classes: CLASSES,
      ofCheckDigits: {
        probabilities: Float32Array.from(Array.from({ length: 10 }, () => row).flat()),
        outlierScores: null,
      },
    }) as unknown as LoadedModel;
  const zeros = CLASSES.map(() => 0);
  const wide = JSON.parse(JSON.stringify(templateModel()).replaceAll("[null,28,28,1]", "[null,14,56,1]"));
  const artifacts = { ...templateModel(), modelTopology: wide.modelTopology };
  const userDefinedMetadata = { ...artifacts.userDefinedMetadata, rows: 14, cols: 56 };
  return Promise.all([
    thrownBy(() => verifyModel(model([1, ...zeros.slice(1)]))),
    thrownBy(() => verifyModel(model(zeros))),
    thrownBy(() => loadModel({ ...artifacts, userDefinedMetadata })),
  ]);
}

async function forgettingFailures(): Promise<Sentence[]> {
  const store = await memoryStore();
  const sent = newSample({ writer: "ann" });
  await store.samples.insert(sent);
  await store.runs.create(newRun("r1"));
  await store.runs.update("r1", { status: "running" });
  const forgetter = (isRunning: boolean) =>
    createForgetter({
      ...{ place: {} as never, store, open: async () => store, isRunning: () => isRunning },
      copiesSince: async () => [],
    });
  const failures = [
    await thrownBy(() => forgetter(true).forget({ writer: "ann" }, LOCAL)),
    await thrownBy(() => forgetter(false).forget({ writer: "eve" }, LOCAL)),
    await thrownBy(() => forgetter(false).forget({ session: "s-1" }, LOCAL)),
  ];
  await store.forgetting.forget({ writer: "ann" }, LOCAL, new Uint8Array(32));
  return [...failures, await thrownBy(() => store.samples.insert(sent))];
}

const DRAWING: GraphDrawing = {
  ...{ part: "view", language: "en", query: query(), facts: NO_FACTS, runs: [], shown: null },
  ...{ after: 0, preview: null, start: null, problem: null },
};

async function graphFailures(): Promise<Sentence[]> {
  const worker = (code: string) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const threadOf = (workerUrl: string, after: GraphThreadOptions["timers"]["after"] = () => () => {}) =>
    new GraphThread({
      ...{ workerUrl, graph: () => graphOf(["load: raw -> x"], { raw: "raw" }) },
      timers: { monotonicMs: () => 0, after },
    });
  const silent = worker("self.onmessage = () => {}");
  const busy = threadOf(silent);
  const asked = Array.from({ length: 33 }, () => thrownBy(() => busy.draw(DRAWING)));
  const waiting = await thrownBy(() => busy.draw(DRAWING));
  busy.close();
  const drawing = (thread: GraphThread) => thrownBy(() => thread.draw(DRAWING));
  const late = threadOf(silent, (_, work) => {
    queueMicrotask(work);
    return () => {};
  });
  const noThread = new GraphThread({
    ...{ workerUrl: silent, timers: { monotonicMs: () => 0, after: () => () => {} } },
    graph: () => {
      throw new Error("no memory");
    },
  });
  return [
    waiting,
    await asked[0]!,
    await drawing(late),
    await drawing(threadOf(worker("self.onmessage = () => { throw new Error('out of luck'); }"))),
    await drawing(threadOf(worker("self.onmessage = () => process.exit(3)"))),
    await drawing(noThread),
  ];
}

async function paramFailures(): Promise<Sentence[]> {
  const refused = [
    { zzzzzz: 1 },
    { epohcs: 1 },
    { learning_rate: "x" },
    { epochs: "x" },
    { epochs: 1.5 },
    { epochs: 0 },
    { seed: 1e12 },
    { learning_rate: 0 },
    { holdout_fraction: 1 },
  ];
  const config = { base: BASE, dir: "/nonexistent", environ: {} };
  const checked = await Promise.all(refused.map((values) => checkParams(config, { values })));
  const known = { elsewhere: [], known: [] };
  const runs = [false, true].map((isPart) => ({ pipeline: "p", nodes: [], isPart }));
  const unread = runs.flatMap((run) => unreadParams(run, { sede: 1, "fine-tuning": 1 }, known));
  const lacking = [
    lackingProblem(runs[0]!, ["test"], ["tuning"]),
    lackingProblem(runs[0]!, ["test"], []),
    lackingProblem(runs[1]!, ["test"], []),
  ];
  return [...checked.flatMap(({ problems }) => problems), ...unread, ...lacking.map((problem) => problem!)];
}

/** A node's context that keeps its log. */
function recorder() {
  const log: Sentence[] = [];
  const context = {
    signal: new AbortController().signal,
    progress() {},
    log: (message: string, says?: Saying) => void log.push({ message, says }),
  };
  return { log, context };
}

async function logLines(): Promise<Sentence[]> {
  const { training } = fakeTraining();
  const { log, context } = recorder();
  const images = imageSet(100);
  const first = {
    ...{ app_x: images, app_y: images.labels, train: imageSet(0), classes: CLASSES, seed: 1 },
    ...{ validation_split: 0.5, first: { images: 100 } },
  };
  for (const writers of [1, 100]) {
    const app_groups = images.labels.map((_, i) => i % writers);
    await trainFirst(training)({ ...first, app_groups: Uint32Array.from(app_groups) } as never, context);
  }
  await reportTraining(training)(modelOf(1), {} as never, images, context);
  const heldOut = { ...images, groups: new Uint32Array(100) };
  await evaluateModel(training)(
    { model: modelOf(1), test: images, app_holdout: heldOut, classes: CLASSES },
    context,
  );
  controlOf(context).onResumed?.(2);
  const lost = { name: "lost", func: () => null, inputs: "a" };
  log.push(
    ...lostValues(node({ ...lost, outputs: null }), 1),
    ...lostValues(node({ ...lost, outputs: "b" }), null),
  );
  const rejection = { score: "energy", false_alarm_rate: 0.02 } as const;
  const calibrate = calibrateModel(training);
  await calibrate({ model: modelOf(1), rejection }, context);
  await calibrate({ model: modelOf(1), drawings: images, rejection }, context);
  const { report } = await training.calibrate(modelOf(1), images, null, rejection);
  context.log(calibrationText({ ...report, auroc: 0.95 }), calibrationSaying({ ...report, auroc: 0.95 }));
  return log;
}

/** The lines of screening labels each of which the model is confident is another class. */
async function screeningLines(): Promise<Sentence[]> {
  const { training } = fakeTraining();
  const { log, context } = recorder();
  const images = imageSet(100);
  const probabilities = async () => {
    const all = new Float32Array(100 * CLASSES.length);
    images.labels.forEach((label, i) => {
      all[i * CLASSES.length + ((label + 1) % CLASSES.length)] = 1;
    });
    return all;
  };
  const screening = {
    ...{ suspect_below: 0.01, min_suspects: 12, cell_share: 1, batch_share: 0.1, writer_share: 1 },
    ...{ writer_cap: 1, cap_from_writers: 5, near_duplicate: 1 },
  };
  const app_data = { train: images, holdout: images };
  await screenLabels({ ...training, probabilities })(
    { app_data, model: modelOf(1), classes: CLASSES, screening },
    context,
  );
  return log;
}

/** What is refused of tags, notes, comparisons and of starting a run once more. */
async function runFailures(): Promise<Sentence[]> {
  const app = await createTestApp();
  const run = await app.store.runs.create(newRun("r1"));
  const many = Array.from({ length: 21 }, (_, i) => `t${i}`);
  const annotate = (change: AnnotationChange) => () => app.store.runs.annotate("r1", change, LOCAL);
  const again = (how: "retry" | "resume") => () =>
    startAgain(app.deps, run, { how, trigger: "api", startedBy: LOCAL });
  return Promise.all(
    [
      annotate({ addTags: [""] }),
      annotate({ addTags: many }),
      annotate({ note: "x".repeat(5_000) }),
      () => runsToCompare(app.deps, ["r1"]),
      again("retry"),
      again("resume"),
    ].map(thrownBy),
  );
}

async function pinnedFailure(): Promise<Sentence> {
  const { samples } = await memoryStore();
  const { sample } = await samples.insert(newSample());
  await samples.pin(sample.id, true);
  return thrownBy(() => samples.delete(sample.id, LOCAL));
}

const keysOf = (kind: string) => new Set(Object.keys(en).filter((key) => key.startsWith(`${kind}.`)));

/** The keys of a saying and of those within it. */
function keysWithin({ key, figures }: Saying): string[] {
  return [
    key,
    ...Object.values(figures).flatMap((value) => (typeof value === "object" ? keysWithin(value) : [])),
  ];
}

/** In English word for word, in Japanese another whole sentence with nothing left to fill in. */
function expectWords(kind: "failure" | "log", sentences: readonly Sentence[]): void {
  for (const { message, says } of sentences) {
    expect([message, says]).toEqual([message, expect.anything()]);
    expect(sayingWords(textIn("en"), kind, says!)).toBe(message);
    expect(sentenceWords(textIn("en"), kind, { message, says })).toBe(message);
    const words = sentenceWords(textIn("ja"), kind, { message, says });
    expect(words).toMatch(/[ぁ-ん]/);
    expect(words).not.toMatch(/\{\w+\}|undefined|NaN$|\[object/);
  }
  const keys = sentences.flatMap(({ says }) => keysWithin(says!)).map((key) => `${kind}.${key}`);
  // A saying of the gate may be within one of another kind.
  const found = new Set(keys);
  expect([...keysOf(kind)].filter((key) => !found.has(key))).toEqual([]);
  expect([...found].filter((key) => Object.hasOwn(en, key) && !keysOf(kind).has(key))).toEqual([]);
}

test("each failure.* text in English is the message of the error, and none is without an error", async () => {
  expectWords("failure", [
    ...schedulerFailures(),
    ...(await requestFailures()),
    ...engineFailures(),
    ...(await registryFailures()),
    ...(await trialFailures()),
    ...(await registryRefusals(thrownBy)),
    ...(await pipelineFailures()),
    ...(await trainingFailures()),
    await otherRun(),
    ...paramsFailures(),
    ...(await servingFailures()),
    ...(await graphFailures()),
    ...(await forgettingFailures()),
    ...(await paramFailures()),
    await pinnedFailure(),
    await reviewFailure(),
    ...(await runFailures()),
    ...(await curveFailures(thrownBy)),
    ...(await mapFailures(thrownBy)),
    ...(await settingsFailures()),
    ...(await importFailures(thrownBy)),
    ...(await requestRefusals(thrownBy)),
    ...(await accessFailures(thrownBy)),
    ...(await queueFailures(thrownBy)),
    ...(await accessFailures(thrownBy)),
  ]);
}, 60_000);

test("each log.* text in English is the line that a node logs, and none is without a line", async () => {
  expectWords("log", [
    ...(await logLines()),
    ...(await screeningLines()),
    ...(await curveLines()),
    ...(await mapLines()),
  ]);
});

test("sayingWords() has no words for a record that lacks a value of the current sentence", () => {
  expect(sayingWords(textIn("en"), "log", saying("screened", { n: 3 }))).toBeNull();
  expect(sentenceWords(textIn("ja"), "log", { message: "3 new", says: saying("screened", { n: 3 }) })).toBe(
    "3 new",
  );
});

test("the failure of a node has the saying of its error within its own", () => {
  const failing = node({ name: "a", func: () => 1, inputs: null, outputs: "x" });
  const error = new InputError("No ink", { says: saying("noDrawings") });
  const outcome = {
    done: [],
    skipped: [],
    unreachable: [],
    interrupted: [],
    failed: [{ node: failing, error }],
  };
  const failure = failureOf(outcome, pipeline([failing]), new AbortController().signal);
  expect(failure?.says).toEqual(saying("node", { node: "a", reason: saying("noDrawings") }));
});

test("sentenceWords() words a sentence within a sentence", () => {
  const says = saying("node", { node: "fine_tune", reason: saying("noDrawings") });
  expect(sentenceWords(textIn("ja"), "failure", { message: "", says })).toBe(
    "ノード「fine_tune」が失敗しました：学習に使えるラベル付きの手書きがありません（ホールドアウトは除きます）。先に手書きにラベルを付けてください。",
  );
});

test("sentenceWords() keeps the English message of an older record, of a project's own error, and of an unknown key", () => {
  const unknown = saying("of_a_newer_release", { n: 1 });
  for (const says of [undefined, unknown, saying("node", { node: "a", reason: unknown })]) {
    expect(sentenceWords(textIn("ja"), "failure", { message: "No ink", says })).toBe("No ink");
  }
});
