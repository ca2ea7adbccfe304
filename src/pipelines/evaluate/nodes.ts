import type { ImageSet } from "../../digits/types.ts";
import type { NodeContext } from "../../engine/types.ts";
import type { ModelArtifacts } from "../../lib/model-artifacts.ts";
import { decideGate, type GateParams } from "../../model-registry/gate.ts";
import type { Examples } from "../../training/examples.ts";
import type { EvaluationReport, Training } from "../../training/types.ts";
import type { ExamplesBySet } from "../ds/nodes.ts";

/** What one model scored. */
export interface Scores {
  /** On MNIST's test images. */
  test: EvaluationReport;
  /** On the drawings kept aside; null when there are none. */
  holdout: EvaluationReport | null;
}

/** Examples of one model's answers on the same sets. */
export interface ScoredExamples {
  test: Examples;
  holdout: Examples | null;
}

/** Measures one model. Champion and candidate are measured on the same images. */
export function evaluateModel(training: Training) {
  return async (
    model: ModelArtifacts,
    test: ImageSet,
    holdout: ImageSet,
    context: NodeContext,
  ): Promise<{ scores: Scores; examples: ScoredExamples }> => {
    context.log(
      `Evaluating on ${test.labels.length} MNIST test images and ${holdout.labels.length} drawings`,
    );
    const onTest = await training.examine(model, test, context.signal);
    const onHoldout =
      holdout.labels.length === 0 ? null : await training.examine(model, holdout, context.signal);
    return {
      scores: { test: onTest.report, holdout: onHoldout?.report ?? null },
      examples: { test: onTest.examples, holdout: onHoldout?.examples ?? null },
    };
  };
}

/** The examples of both models, by the names that their scores have among the metrics. */
export function gatherExamples(champion: ScoredExamples, candidate: ScoredExamples): ExamplesBySet {
  return {
    mnist_test: candidate.test,
    ...(candidate.holdout && { app_holdout: candidate.holdout }),
    champion_mnist_test: champion.test,
    ...(champion.holdout && { champion_app_holdout: champion.holdout }),
  };
}

/** Whether the candidate may replace the champion, and what both scored, by name. */
export function judge(champion: Scores, candidate: Scores, gate: GateParams) {
  const metrics: Record<string, EvaluationReport> = {
    mnist_test: candidate.test,
    ...(candidate.holdout && { app_holdout: candidate.holdout }),
    champion_mnist_test: champion.test,
    ...(champion.holdout && { champion_app_holdout: champion.holdout }),
  };
  return { metrics, gate_decision: decideGate({ champion, candidate, gate }) };
}
