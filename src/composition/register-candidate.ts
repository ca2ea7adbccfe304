import { join, relative, sep } from "node:path";
import { hashModel } from "../datasets/model-files.ts";
import { pathWithin } from "../datasets/paths.ts";
import type { DataCatalog } from "../engine/catalog.ts";
import type { Pipeline } from "../engine/pipeline.ts";
import { UsageError } from "../lib/errors.ts";
import type { StoredModelRegistry } from "../model-registry/registry.ts";
import type { TrainReport } from "../pipelines/ds/nodes.ts";
import type { GateRecord, Store } from "../storage/store.ts";
import { checkModel } from "./backend.ts";
import { modelReader, openRegistry } from "./model-sources.ts";
import type { Project } from "./project.ts";
import type { Runtime } from "./runtime.ts";

export interface MadeByRun {
  runtime: Runtime;
  project: Project;
  store: Store;
  runId: string;
  runVersion: string;
  threads: number;
  pipeline: Pipeline;
  catalog: DataCatalog;
}

export interface Registered {
  metrics: Record<string, unknown>;
  modelVersion: number | null;
  isPromoted: boolean;
}

/** A model that the run has made, and what is known of it. */
interface Candidate {
  /** Its name in catalog.yml. */
  dataset: "tune_model" | "pre_model";
  metrics: Record<string, unknown>;
  /** Null when nothing judged it. */
  gate: GateRecord | null;
}

/**
 * Registers the model that a run has made with its metrics and the gate's decision. One that passed becomes the
 * champion at once when server.yml says `promotion: auto`, after it was loaded and checked.
 */
export async function registerCandidate(run: MadeByRun): Promise<Registered> {
  const candidate = await candidateOf(run);
  if (candidate === null) return { metrics: {}, modelVersion: null, isPromoted: false };
  const { runtime, project, store, runId, threads } = run;
  const { dataset, metrics, gate } = candidate;
  const key = keyOf(project, dataset, run.runVersion);
  const sha256 = await hashModel(join(project.dataDir, key));
  const check = (artifacts: Parameters<typeof checkModel>[1]) => checkModel(runtime, artifacts, threads);
  const registry = await openRegistry(runtime, store, modelReader(runtime, project), check);
  const parent = dataset === "tune_model" ? parentVersion(run.catalog) : null;
  const model = await registry.register({
    key,
    sha256,
    runId,
    parentVersion: parent,
    metrics,
    gate,
  });
  const isPromoted =
    gate?.passed === true &&
    project.config.server.promotion === "auto" &&
    (await promote(registry, model.version, parent));
  if (gate !== null) await tellGate(run, gate, model.version, isPromoted);
  return { metrics: { ...metrics, ...(gate && { gate }) }, modelVersion: model.version, isPromoted };
}

/** The version that tuning started from; the champion may have moved since. */
function parentVersion(catalog: DataCatalog): number | null {
  const { version } = catalog.describe("model");
  return typeof version === "number" ? version : null;
}

async function promote(
  registry: StoredModelRegistry,
  version: number,
  expectedPrevious: number | null,
): Promise<true> {
  await registry.promote(version, {
    by: "gate",
    reason: "it passed every check of the gate",
    expectedPrevious: expectedPrevious ?? undefined,
  });
  return true;
}

async function tellGate(
  { store, runId, runtime }: MadeByRun,
  gate: GateRecord,
  version: number,
  isPromoted: boolean,
) {
  const at = runtime.clock.now().toISOString();
  const data = { ...gate, model_version: version, promoted: isPromoted };
  await store.runs.appendEvent({ runId, at, type: "gate", node: "decide_gate", data });
}

/** What the run's nodes have made: a judged fine-tuned model, a model from zero, or none (a slice, say). */
async function candidateOf({ pipeline, catalog }: MadeByRun): Promise<Candidate | null> {
  const made = new Set(pipeline.allOutputs());
  if (made.has("tune_model") && made.has("metrics") && made.has("gate_decision")) {
    const gate = (await catalog.load("gate_decision")) as GateRecord;
    const metrics = (await catalog.load("metrics")) as Record<string, unknown>;
    return { dataset: "tune_model", metrics, gate };
  }
  if (made.has("pre_model") && made.has("train_report")) {
    const { mnist_test } = (await catalog.load("train_report")) as TrainReport;
    return { dataset: "pre_model", metrics: { mnist_test }, gate: null };
  }
  return null;
}

/** The place of what the run saved, from the data directory. @throws UsageError when the registry cannot keep it. */
function keyOf(project: Project, dataset: string, runVersion: string): string {
  const { filepath, versioned } = project.config.catalog[dataset] ?? {};
  if (filepath === undefined || versioned !== true) {
    throw new UsageError(
      `Cannot register ${dataset}: catalog.yml must give it a filepath and "versioned: true", or a later run would overwrite it`,
    );
  }
  const key = relative(project.dataDir, join(pathWithin(project.dir, filepath), runVersion));
  if (key.startsWith("..")) {
    throw new UsageError(
      `Cannot register ${dataset}: its filepath "${filepath}" is outside the data directory`,
    );
  }
  return key.split(sep).join("/");
}
