import type { ServerConfig } from "../config/schema.ts";
import { type Actor, COMMAND_LINE, SCHEDULE } from "../domain/actor.ts";
import { DATASET, initialDataset } from "../domain/dataset-names.ts";
import { type GateRecord, verdictOf } from "../domain/gate.ts";
import { decodeMetrics, type Metrics, MNIST_TEST, NO_METRICS } from "../domain/metrics.ts";
import { promotionNeedsApproval } from "../domain/scheduler/approval.ts";
import type { Store } from "../domain/store.ts";
import type { DataCatalog } from "../engine/catalog/catalog.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import type { Hooks, Skips } from "../engine/run/hooks.ts";
import type { StoredModelRegistry } from "../model-registry/stored-registry.ts";
import type { TrainReport } from "../pipelines/ds/nodes.ts";
import { checkModel } from "../project/backend.ts";
import { modelReader, openRegistry } from "../project/model-sources.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { isBarred } from "../trials/barred.ts";
import { offerChallenger } from "../trials/start-trial.ts";
import { trialRules } from "../trials/trial-rules.ts";
import { actorOfRun } from "./actor-of-run.ts";
import type { Registered } from "./registered.ts";
import type { ResumedRun } from "./resumed-run.ts";
import { checkCanRegister, storedModel } from "./stored-model.ts";

/** A run whose nodes have ended, and everything needed to register its model. */
export interface MadeByRun {
  runtime: Runtime;
  project: Project;
  store: Store;
  runId: string;
  runVersion: string;
  threads: number;
  pipeline: Pipeline;
  catalog: DataCatalog;
  skips: Skips;
  /** The run that this one resumes; null for none. */
  resumed: ResumedRun | null;
}

/** A model that the run has written, with its metrics. */
interface Candidate {
  /** Its name in catalog.yml. */
  dataset: typeof DATASET.tuneModel | typeof DATASET.preModel;
  metrics: Metrics;
  /** Null when the gate did not evaluate it. */
  gate: GateRecord | null;
  /** Whether a node of this run wrote any of it. */
  isNew: boolean;
}

const NOTHING: Registered = { metrics: NO_METRICS, modelVersion: null, isPromoted: false };

/**
 * Registers the model of a run that succeeded.
 * @param report is called with the result, before the hooks that follow.
 */
export function registrationHooks(run: MadeByRun, report: (registered: Registered) => void): Hooks {
  return {
    async after_catalog_created() {
      const dataset = candidateDataset(run.pipeline);
      if (dataset !== null) await checkCanRegister(run.project, run.catalog, dataset);
    },
    async after_pipeline_run() {
      report(await registerCandidate(run));
    },
  };
}

/**
 * Registers the model of a run with its metrics and the gate's decision. One that passed becomes the champion at once
 * when server.yml has `promotion: auto`, after it was loaded and checked. Outputs of skipped nodes count as the run's,
 * so a run that failed before this point can be resumed. With `promotion: shadow` it waits for a trial instead. A model
 * with the files of one that was rolled back automatically does neither. When every node was skipped and the model is already
 * registered, nothing is registered.
 */
async function registerCandidate(run: MadeByRun): Promise<Registered> {
  const candidate = await candidateOf(run);
  if (candidate === null) return NOTHING;
  const { runtime, project, store, runId, threads } = run;
  const { dataset, metrics, gate } = candidate;
  const version = await versionOf(run, dataset);
  const { key, sha256, isKnown } = await storedModel({ ...run, models: store.models, dataset, version });
  if (isKnown && !candidate.isNew) return NOTHING;
  const check = (artifacts: Parameters<typeof checkModel>[1]) => checkModel(runtime, artifacts, threads);
  const { classes } = project.config.parameters;
  const registry = await openRegistry(runtime, store, modelReader(runtime, project), classes, check);
  const judgedAgainst = championVersion(run.catalog);
  const parent = dataset === DATASET.tuneModel ? await parentOf(run, judgedAgainst) : null;
  const model = await registry.register({
    key,
    sha256,
    runId,
    parentVersion: parent,
    metrics,
    gate,
  });
  const { promotion } = project.config.server;
  const previous = judgedAgainst ?? skippedChampion(run);
  const mayGoLive = goesLive(gate, promotion) && !(await isBarred(store, model));
  const isPromoted =
    mayGoLive &&
    (promotionNeedsApproval(project.config.server.scheduler.approval)
      ? await askFor(run, model.version, previous, gate)
      : await promote(registry, model.version, previous, gate, await actorOf(run)));
  if (gate !== null) await recordGate(run, gate, model.version, isPromoted);
  if (promotion === "shadow" && gate?.passed === true) await offerForTrial(run, model.version, gate);
  return { metrics: { ...metrics, gate }, modelVersion: model.version, isPromoted };
}

/** The champion that the run loaded; the alias may have moved since. Null when it loaded none. */
function championVersion(catalog: DataCatalog): number | null {
  const { version } = catalog.describe(DATASET.model);
  return typeof version === "number" ? version : null;
}

/** The version that was fine-tuned; null for the project's own `pre_model` when it is not registered. */
async function parentOf(run: MadeByRun, judgedAgainst: number | null): Promise<number | null> {
  const { project, store, catalog } = run;
  if (project.config.parameters.tuning_initial_model === "champion") {
    const isFineTuned = (name: string) => name.endsWith(DATASET.tuneModel);
    return skippedChampion(run, isFineTuned) ?? judgedAgainst;
  }
  const sha256 = await catalog.fingerprint(initialDataset(project.config.parameters.tuning_initial_model));
  return (await store.models.files()).find((model) => model.sha256 === sha256)?.version ?? null;
}

/** The champion that a skipped node of the resumed run loaded, the last one with such an output; otherwise null. */
function skippedChampion({ skips, resumed }: MadeByRun, hasOutput = (_: string) => true): number | null {
  const records = [...(resumed?.nodes.values() ?? [])].filter(({ node }) => skips.has(node));
  const loading = records.findLast(
    ({ inputs, outputs }) =>
      inputs.some(({ name }) => name === DATASET.model) && outputs.some(({ name }) => hasOutput(name)),
  );
  const version = loading?.inputs.find(({ name }) => name === DATASET.model)?.version;
  return version == null ? null : Number(version);
}

/** The version under which the run saved the dataset, or found it. */
async function versionOf({ skips, pipeline, runVersion, resumed, catalog }: MadeByRun, dataset: string) {
  const maker = pipeline.nodes.find((node) => node.outputs.includes(dataset));
  if (maker === undefined || !skips.has(maker.name)) return runVersion;
  const saved = resumed?.nodes.get(maker.name)?.outputs.find(({ name }) => name === dataset);
  return saved?.version ?? (await catalog.versions(dataset))[0] ?? runVersion;
}

/** Whether a candidate goes live automatically: `promotion` of server.yml says which verdicts do. */
function goesLive(gate: GateRecord | null, promotion: ServerConfig["promotion"]): gate is GateRecord {
  if (gate === null) return false;
  const verdict = verdictOf(gate);
  if (promotion === "auto") return verdict === "better" || verdict === "not_worse";
  return promotion === "evidence" && verdict === "better";
}

/** Lets a candidate wait for a person's approval. @returns false: it is not live yet. */
async function askFor(
  { store, runId }: MadeByRun,
  modelVersion: number,
  expectedPrevious: number | null,
  { summary }: GateRecord,
): Promise<false> {
  await store.scheduler.addRequest({
    ...{
      kind: "promotion",
      state: "pending",
      pipeline: null,
      trigger: null,
      modelVersion,
      expectedPrevious,
      runId,
    },
    reason: summary?.detail ?? "it passed every check of the gate",
    requestedBy: SCHEDULE,
  });
  return false;
}

/** Lets a candidate that passed the gate wait for a trial against the champion; a running server starts it. */
async function offerForTrial(run: MadeByRun, version: number, { summary }: GateRecord): Promise<void> {
  const { store, project } = run;
  await offerChallenger(store, {
    ...{ version, actor: await actorOf(run), rules: trialRules(project.config.server.trial) },
    reason: summary?.detail ?? "it passed every check of the gate",
  });
}

async function actorOf({ store, runId }: MadeByRun): Promise<Actor> {
  const run = await store.runs.get(runId);
  return run === null ? COMMAND_LINE : actorOfRun(run);
}

async function promote(
  registry: StoredModelRegistry,
  version: number,
  expectedPrevious: number | null,
  { summary }: GateRecord,
  actor: Actor,
): Promise<true> {
  await registry.promote(version, {
    by: "gate",
    actor,
    reason: summary?.detail ?? "it passed every check of the gate",
    expectedPrevious: expectedPrevious ?? undefined,
  });
  return true;
}

async function recordGate(
  { store, runId, runtime, pipeline }: MadeByRun,
  gate: GateRecord,
  version: number,
  isPromoted: boolean,
) {
  const at = runtime.clock.now().toISOString();
  const node = pipeline.nodes.find(({ outputs }) => outputs.includes(DATASET.gateDecision))?.name ?? null;
  await store.runs.appendEvent({ runId, at, type: "gate", node, gate, modelVersion: version, isPromoted });
}

/** The dataset of the model that a run of the pipeline registers; null when it makes none (a slice, say). */
function candidateDataset(pipeline: Pipeline): Candidate["dataset"] | null {
  const made = new Set(pipeline.allOutputs());
  const isEvaluated = made.has(DATASET.metrics) && made.has(DATASET.gateDecision);
  if (made.has(DATASET.tuneModel) && isEvaluated) return DATASET.tuneModel;
  return made.has(DATASET.preModel) && (isEvaluated || made.has(DATASET.trainReport))
    ? DATASET.preModel
    : null;
}

/** The model of the run: one that the gate evaluated, or one trained from scratch. */
async function candidateOf({ pipeline, catalog, skips }: MadeByRun): Promise<Candidate | null> {
  const dataset = candidateDataset(pipeline);
  if (dataset === null) return null;
  const made = new Set(pipeline.allOutputs());
  const isNew = (...datasets: string[]) =>
    pipeline.nodes.some(({ name, outputs }) => !skips.has(name) && outputs.some((o) => datasets.includes(o)));
  if (made.has(DATASET.metrics) && made.has(DATASET.gateDecision)) {
    const gate = (await catalog.load(DATASET.gateDecision)) as GateRecord;
    const metrics = decodeMetrics((await catalog.load(DATASET.metrics)) as Record<string, unknown>);
    return { dataset, metrics, gate, isNew: isNew(dataset, DATASET.gateDecision) };
  }
  const { mnist_test } = (await catalog.load(DATASET.trainReport)) as TrainReport;
  return {
    dataset,
    metrics: { ...NO_METRICS, evaluations: { [MNIST_TEST]: mnist_test } },
    gate: null,
    isNew: isNew(dataset),
  };
}
