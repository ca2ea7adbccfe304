import type { ExamplesBySet } from "../../domain/examples.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { ScreeningReport } from "../../domain/samples/screening-report.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { saying } from "../../lib/saying.ts";
import { decideGate } from "../../model-registry/gate/decide-gate.ts";
import type { BatchState, GateParams } from "../../model-registry/gate/gate-scores.ts";
import type { FineTuneParams } from "../../training/fit/params.ts";
import { never, withClasses } from "../../training/model/widen.ts";
import type { Training } from "../../training/training.ts";
import { logTestScores } from "../report/log-scores.ts";
import { changedExamples } from "./changed-examples.ts";
import type { EvaluationSets, ScoredExamples, Scores } from "./scores.ts";

/** Inputs of the node evaluate_champion and the like. */
export interface EvaluateInputs extends EvaluationSets {
  model: ModelArtifacts;
  /** For models that only differ in their fine-tuned layers: the outputs of the frozen layers are cached. */
  tuned?: FineTuneParams["tuning_layer"];
}

/** Evaluates one model. A model without an output for a class never predicts it. */
export function evaluateModel(training: Training) {
  return (inputs: EvaluateInputs, context: NodeContext) => measure(training, inputs, context);
}

/** The same for a candidate, with what it costs. */
export function evaluateCandidate(training: Training) {
  return async (inputs: EvaluateInputs, context: NodeContext) => {
    const measured = await measure(training, inputs, context);
    const bytes = inputs.model.weightSpecs.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
    const cost = { bytes, latencyMs: await training.latencyMs(inputs.model) };
    return { ...measured, scores: { ...measured.scores, cost } };
  };
}

/** The same for the base model; null for a project whose classes it does not know. */
export function evaluateBase(training: Training) {
  return async (inputs: BaseInputs, context: NodeContext): Promise<Scores | null> => {
    const { base_model, champion, tuned, ...sets } = inputs;
    if (base_model === null) return null;
    const architectureOf = (model: ModelArtifacts) => model.userDefinedMetadata.architecture;
    const isAlike = architectureOf(base_model) === architectureOf(champion);
    const shared = isAlike && tuned !== undefined ? { tuned } : {};
    return (await measure(training, { ...sets, ...shared, model: base_model }, context)).scores;
  };
}

/** Inputs of the node evaluate_base. */
export interface BaseInputs extends EvaluationSets {
  base_model: ModelArtifacts | null;
  /** Of the same architecture, it shares the frozen layers with the base model: their outputs are cached. */
  champion: ModelArtifacts;
  /** Absent when the candidate was not fine-tuned from the champion: the layers are then those of another model. */
  tuned?: FineTuneParams["tuning_layer"];
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

async function measure(
  training: Training,
  { model, test, pinned, app_holdout, classes, tuned }: EvaluateInputs,
  context: NodeContext,
): Promise<{ scores: Scores; examples: ScoredExamples }> {
  const [n, drawings] = [test.labels.length, app_holdout.labels.length + (pinned?.labels.length ?? 0)];
  context.log(
    `Evaluating on ${n} MNIST test images and ${drawings} drawings`,
    saying("evaluating", { n, drawings }),
  );
  const measured = withClasses(model, classes, never);
  const examine = async (set: ImageSet | undefined, groups: Uint32Array | null) => {
    if (set === undefined || set.labels.length === 0) return null;
    const { report, examples, ...answers } = await training.examine(measured, set, context.signal, tuned);
    return { scored: { report, ...answers, labels: set.labels, groups }, examples };
  };
  const onTest = await examine(test, null);
  const onPinned = await examine(pinned, null);
  const onHoldout = await examine(app_holdout, app_holdout.groups);
  return {
    scores: {
      known: model.userDefinedMetadata.classes,
      test: onTest?.scored ?? null,
      pinned: onPinned?.scored ?? null,
      holdout: onHoldout?.scored ?? null,
      cost: null,
    },
    examples: {
      test: onTest?.examples ?? null,
      pinned: onPinned?.examples ?? null,
      holdout: onHoldout?.examples ?? null,
    },
  };
}

/** Inputs of the node gather_examples. */
export interface GatherExamplesInputs extends EvaluationSets {
  champion_scores: Scores;
  candidate_scores: Scores;
  champion_examples: ScoredExamples;
  candidate_examples: ScoredExamples;
}

/**
 * The examples of both models, by the names of their evaluations among the metrics, with the drawings that the candidate
 * fixed and broke: under `fixed` and `broken` its answers, under `champion_fixed` and `champion_broken` the champion's
 * to the same images.
 */
export function gatherExamples(inputs: GatherExamplesInputs): ExamplesBySet {
  const { champion_examples, candidate_examples } = inputs;
  return {
    ...bySet(candidate_examples),
    ...bySet(champion_examples, "champion_"),
    ...changedExamples(inputs),
  };
}

/** Inputs of the node decide_gate. */
export interface DecideGateInputs {
  champion_scores: Scores;
  candidate_scores: Scores;
  base_scores: Scores | null;
  classes: readonly string[];
  screening: ScreeningReport;
  gate: GateParams;
}

/**
 * Decides whether the candidate may replace the champion, and gathers the evaluations of both by name. Logs the
 * candidate's loss and accuracy on MNIST's test images.
 */
export function decideCandidate(inputs: DecideGateInputs, context: NodeContext) {
  const { champion_scores: champion, candidate_scores: candidate, base_scores: base } = inputs;
  const { classes, screening, gate } = inputs;
  if (candidate.test !== null) logTestScores(candidate.test.report, context);
  const decision = decideGate({ classes, champion, candidate, base, batch: batchOf(screening), gate });
  return {
    metrics: { ...reportsOf(candidate), ...reportsOf(champion, "champion_") },
    gate_decision: decision,
  };
}

/** The gate's view of a screening. */
function batchOf({ train, holdout }: ScreeningReport): BatchState {
  const reason = train.reason ?? holdout.reason;
  const inReview = (side: typeof train) => side.suspect + side.writer_held;
  return {
    isHeld: reason !== null,
    n: train.n + holdout.n,
    suspects: inReview(train) + inReview(holdout),
    reason,
  };
}

/** The evaluations of a model by the names of their sets. */
export function reportsOf({ test, pinned, holdout }: Scores, prefix = ""): Record<string, EvaluationReport> {
  return bySet(
    {
      test: test?.report ?? null,
      pinned: pinned?.report ?? null,
      holdout: holdout?.report ?? null,
    },
    prefix,
  );
}

/** Values by the names of their sets, without those that are null. */
export function bySet<T>(
  { test, pinned, holdout }: { test: T | null; pinned: T | null; holdout: T | null },
  prefix = "",
): Record<string, T> {
  return {
    ...(test && { [`${prefix}mnist_test`]: test }),
    ...(pinned && { [`${prefix}pinned`]: pinned }),
    ...(holdout && { [`${prefix}app_holdout`]: holdout }),
  };
}
