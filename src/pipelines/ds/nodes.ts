import type { ImageSet } from "../../digits/types.ts";
import type { NodeContext } from "../../engine/types.ts";
import type { ModelArtifacts } from "../../lib/model-artifacts.ts";
import type { EpochRecord, EvaluationReport, Training, TrainParams } from "../../training/types.ts";
import { controlOf } from "../control.ts";

export interface TrainModelInputs extends TrainParams {
  train: ImageSet;
  valid: ImageSet | null;
}

/** How training went, epoch by epoch. */
export interface TrainHistory {
  history: EpochRecord[];
  /** The epoch whose weights were kept. */
  best_epoch: number;
}

/** Trains a model from zero. */
export function trainModel(training: Training) {
  return async ({ train, valid, ...params }: TrainModelInputs, context: NodeContext) => {
    const { model, history, bestEpoch } = await training.train(train, valid, params, controlOf(context));
    return { pre_model: model, train_history: { history, best_epoch: bestEpoch } satisfies TrainHistory };
  };
}

export interface TrainReport extends TrainHistory {
  mnist_test: EvaluationReport;
}

/** Judges the trained model on MNIST's test images. */
export function reportTraining(training: Training) {
  return async (
    model: ModelArtifacts,
    history: TrainHistory,
    test: ImageSet,
    context: NodeContext,
  ): Promise<TrainReport> => {
    context.log(`Evaluating on ${test.labels.length} MNIST test images`);
    return { ...history, mnist_test: await training.evaluate(model, test, context.signal) };
  };
}
