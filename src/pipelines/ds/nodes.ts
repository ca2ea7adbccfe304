import type { ExamplesBySet } from "../../domain/examples.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { TrainHistory } from "../../domain/runs/run-report.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { TrainParams } from "../../training/fit/params.ts";
import type { Training } from "../../training/training.ts";
import { controlOf } from "../control.ts";
import { join } from "../image-sets.ts";
import { logTestScores } from "../report/log-scores.ts";

/** Inputs of the node train_model. */
export interface TrainModelInputs extends TrainParams {
  train: ImageSet;
  /** Synthetic digits. */
  synthetic: ImageSet;
  /** Drawings of none of the classes. */
  negatives: ImageSet;
  valid: ImageSet | null;
  synthetic_valid: ImageSet | null;
}

/** Trains a model from scratch on MNIST, synthetic digits and drawings of no class; validates on digits of both kinds. */
export function trainModel(training: Training) {
  return async (inputs: TrainModelInputs, context: NodeContext) => {
    const { train, synthetic, negatives, valid, synthetic_valid, ...params } = inputs;
    if (train.labels.length === 0) {
      throw new InputError(
        `MNIST has no images of the classes ${params.classes.join(", ")}. To train on labelled drawings instead: tegaki run --pipeline first`,
        { says: saying("noMnist", { classes: params.classes.join(", ") }) },
      );
    }
    const validation = [valid, synthetic_valid].filter((set) => set !== null);
    const { model, history, bestEpoch } = await training.train(
      [train, synthetic, negatives],
      validation.length === 0 ? null : join(...validation),
      params,
      controlOf(context),
    );
    return { pre_model: model, train_history: { history, best_epoch: bestEpoch } satisfies TrainHistory };
  };
}

/** The training history with the evaluation on the MNIST test set. */
export interface TrainReport extends TrainHistory {
  mnist_test: EvaluationReport;
}

/** Evaluates the trained model on MNIST's test images, logs its loss and accuracy, and keeps examples of its predictions. */
export function reportTraining(training: Training) {
  return async (model: ModelArtifacts, history: TrainHistory, test: ImageSet, context: NodeContext) => {
    const n = test.labels.length;
    context.log(`Evaluating on ${n} MNIST test images`, saying("evaluatingTest", { n }));
    const { report, examples } = await training.examine(model, test, context.signal);
    logTestScores(report, context);
    return {
      train_report: { ...history, mnist_test: report } satisfies TrainReport,
      train_examples: { mnist_test: examples } satisfies ExamplesBySet,
    };
  };
}
