import { node } from "../../engine/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline.ts";
import type { Training } from "../../training/types.ts";
import { fineTune } from "./nodes.ts";

/** Fine-tuning: the champion learns from labelled drawings. */
export function createPipeline(training: Training): Pipeline {
  return pipeline([
    node({
      name: "fine_tune",
      func: fineTune(training),
      inputs: {
        model: "model",
        app_x: "app_x",
        app_y: "app_y",
        app_groups: "app_groups",
        validation_split: "params:tuning_validation_split",
        replay: "replay",
        classes: "params:classes",
        tuning_layer: "params:tuning_layer",
        tuning_epochs: "params:tuning_epochs",
        tuning_batch_size: "params:tuning_batch_size",
        tuning_replay_ratio: "params:tuning_replay_ratio",
        tuning_views: "params:tuning_views",
        tuning_patience: "params:tuning_patience",
        learning_rate: "params:tuning_learning_rate",
        augmentation: "params:augmentation",
        seed: "params:seed",
      },
      outputs: { tune_model: "tune_model", tune_report: "tune_report" },
      tags: "training",
    }),
  ]);
}
