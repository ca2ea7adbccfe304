import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { calibrateModel } from "../calibrate.ts";
import { createTrainReport } from "../report/pipeline.ts";
import { reportTraining, trainModel } from "./nodes.ts";

/** Data science: trains a model from scratch on MNIST and reports on it. */
export function createPipeline(training: Training): Pipeline {
  return pipeline([
    node({
      name: "train_model",
      func: trainModel(training),
      inputs: {
        train: "train",
        synthetic: "synthetic",
        negatives: "negatives",
        valid: "valid",
        synthetic_valid: "synthetic_valid",
        architecture: "params:architecture",
        classes: "params:classes",
        epochs: "params:epochs",
        batch_size: "params:batch_size",
        learning_rate: "params:learning_rate",
        patience: "params:patience",
        augmentation: "params:augmentation",
        seed: "params:seed",
      },
      outputs: { pre_model: "uncalibrated_pre_model", train_history: "train_history" },
      tags: "training",
    }),
    node({
      name: "calibrate_pre_model",
      func: calibrateModel(training),
      nullable: true,
      inputs: {
        model: "uncalibrated_pre_model",
        mnist: "valid",
        synthetic: "synthetic_valid",
        negatives: "negatives_valid",
        rejection: "params:rejection",
        augmentation: "params:augmentation",
        seed: "params:seed",
      },
      outputs: { model: "pre_model", calibration: "pre_calibration" },
      tags: "training",
    }),
    node({
      name: "report_training",
      func: reportTraining(training),
      inputs: ["pre_model", "train_history", "test"],
      outputs: { train_report: "train_report", train_examples: "train_examples" },
      tags: "evaluation",
    }),
    createTrainReport(),
  ]);
}
