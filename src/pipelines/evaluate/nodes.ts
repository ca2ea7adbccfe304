import type { Examples, ExamplesBySet } from "../../domain/examples.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { saying } from "../../lib/saying.ts";
import { decideGate } from "../../model-registry/gate.ts";
import type { GateParams } from "../../model-registry/gate-scores.ts";
import type { FineTuneParams } from "../../training/fit/params.ts";
import { never, withClasses } from "../../training/model/widen.ts";
import type { Training } from "../../training/training.ts";
import { logTestScores } from "../report/log-scores.ts";

/** The evaluations of one model. */
export interface Scores {
  /** The classes that it has outputs for. */
  known: readonly string[];
  /** On MNIST's test images; null when no class is a digit. */
  test: EvaluationReport | null;
  /** On held-out drawings; null when there are none. */
  holdout: EvaluationReport | null;
}

/** Examples of one model's predictions on the same sets. */
export interface ScoredExamples {
  test: Examples | null;
  holdout: Examples | null;
}

/**
 * Evaluates one model. Champion and candidate are evaluated on the same images, labelled by the same classes: a model
 * without an output for a class never predicts it.
 */
export function evaluateModel(training: Training) {
  return async (
    model: ModelArtifacts,
    test: ImageSet,
    holdout: ImageSet,
    classes: readonly string[],
    context: NodeContext,
  ) => measure(training, { model, test, holdout, classes }, context);
}

/** The same for models that only differ in their fine-tuned layers: the outputs of the frozen layers are cached. */
export function evaluateTuned(training: Training) {
  return async (
    model: ModelArtifacts,
    test: ImageSet,
    holdout: ImageSet,
    classes: readonly string[],
    tuned: FineTuneParams["tuning_layer"],
    context: NodeContext,
  ) => measure(training, { model, test, holdout, classes, tuned }, context);
}

interface Measured {
  model: ModelArtifacts;
  test: ImageSet;
  holdout: ImageSet;
  classes: readonly string[];
  tuned?: FineTuneParams["tuning_layer"];
}

async function measure(
  training: Training,
  { model, test, holdout, classes, tuned }: Measured,
  context: NodeContext,
): Promise<{ scores: Scores; examples: ScoredExamples }> {
  const [n, drawings] = [test.labels.length, holdout.labels.length];
  context.log(
    `Evaluating on ${n} MNIST test images and ${drawings} drawings`,
    saying("evaluating", { n, drawings }),
  );
  const measured = withClasses(model, classes, never);
  const examine = (set: ImageSet) =>
    set.labels.length === 0 ? null : training.examine(measured, set, context.signal, tuned);
  const onTest = await examine(test);
  const onHoldout = await examine(holdout);
  return {
    scores: {
      known: model.userDefinedMetadata.classes,
      test: onTest?.report ?? null,
      holdout: onHoldout?.report ?? null,
    },
    examples: { test: onTest?.examples ?? null, holdout: onHoldout?.examples ?? null },
  };
}

/** The examples of both models, by the names of their evaluations among the metrics. */
export function gatherExamples(champion: ScoredExamples, candidate: ScoredExamples): ExamplesBySet {
  return { ...bySet(candidate), ...bySet(champion, "champion_") };
}

/**
 * Decides whether the candidate may replace the champion, and gathers the evaluations of both by name. Logs the
 * candidate's loss and accuracy on MNIST's test images.
 */
export function decideCandidate(champion: Scores, candidate: Scores, gate: GateParams, context: NodeContext) {
  if (candidate.test !== null) logTestScores(candidate.test, context);
  return {
    metrics: { ...bySet(candidate), ...bySet(champion, "champion_") },
    gate_decision: decideGate({ champion, candidate, gate }),
  };
}

/** Values by the names of their sets, without those that are null. */
export function bySet<T>(
  { test, holdout }: { test: T | null; holdout: T | null },
  prefix = "",
): Record<string, T> {
  return {
    ...(test && { [`${prefix}mnist_test`]: test }),
    ...(holdout && { [`${prefix}app_holdout`]: holdout }),
  };
}
