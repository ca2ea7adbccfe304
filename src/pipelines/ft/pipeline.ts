import { type InitialModel, initialDataset } from "../../domain/dataset-names.ts";
import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { calibrateModel } from "../calibrate.ts";
import { fineTune } from "./nodes.ts";

/** MNIST images that a fine-tuned model is calibrated on: few, because a person waits, but 2 % of these are still 40. */
const MOST_CALIBRATING = 2_000;

/** The parameters that the node fine_tune reads, by the names of its inputs. */
export const FINE_TUNE_PARAMS = {
  validation_split: "params:tuning_validation_split",
  classes: "params:classes",
  tuning_layer: "params:tuning_layer",
  tuning_epochs: "params:tuning_epochs",
  tuning_min_steps: "params:tuning_min_steps",
  tuning_batch_size: "params:tuning_batch_size",
  tuning_replay_ratio: "params:tuning_replay_ratio",
  tuning_replay_targets: "params:tuning_replay_targets",
  tuning_keep: "params:tuning_keep",
  tuning_views: "params:tuning_views",
  tuning_patience: "params:tuning_patience",
  learning_rate: "params:tuning_learning_rate",
  augmentation: "params:augmentation",
  seed: "params:seed",
  new_classes: "params:first",
} as const;

/**
 * Fine-tuning: trains a model on labelled drawings.
 * @param initial the model to start from.
 */
export function createPipeline(training: Training, initial: InitialModel): Pipeline {
  return pipeline([
    node({
      name: "fine_tune",
      func: fineTune(training),
      inputs: {
        model: initialDataset(initial),
        app_x: "app_x",
        app_y: "app_y",
        app_groups: "app_groups",
        app_negatives: "app_negatives",
        replay: "replay",
        ...FINE_TUNE_PARAMS,
      },
      outputs: { tune_model: "uncalibrated_tune_model", tune_report: "tune_report" },
      tags: "training",
    }),
    node({
      name: "calibrate_tune_model",
      func: calibrateModel(training, { most: MOST_CALIBRATING }),
      nullable: true,
      inputs: {
        model: "uncalibrated_tune_model",
        mnist: "valid",
        synthetic: "calibration_digits",
        negatives: "calibration_negatives",
        rejection: "params:rejection",
        augmentation: "params:augmentation",
        seed: "params:seed",
      },
      outputs: { model: "tune_model", calibration: "tune_calibration" },
      tags: "training",
    }),
  ]);
}
