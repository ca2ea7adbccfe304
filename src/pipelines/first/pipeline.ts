import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { calibrateModel } from "../calibrate.ts";
import { evaluateModel } from "../evaluate/nodes.ts";
import { decideFirstModel, trainFirst } from "./nodes.ts";

/** The first model of a project that has none: trained from scratch on its drawings, and evaluated. */
export function createPipeline(training: Training): Pipeline {
  return pipeline([
    node({
      name: "train_first",
      func: trainFirst(training),
      inputs: {
        app_x: "app_x",
        app_y: "app_y",
        app_groups: "app_groups",
        train: "train",
        classes: "params:classes",
        architecture: "params:architecture",
        patience: "params:patience",
        validation_split: "params:validation_split",
        first: "params:first",
        seed: "params:seed",
      },
      outputs: {
        pre_model: "uncalibrated_pre_model",
        first_valid: "first_valid",
        first_report: "first_report",
      },
      tags: "training",
    }),
    node({
      name: "calibrate_first",
      func: calibrateModel(training),
      nullable: true,
      inputs: { model: "uncalibrated_pre_model", drawings: "first_valid", rejection: "params:rejection" },
      outputs: { model: "pre_model", calibration: "pre_calibration" },
      tags: "training",
    }),
    node({
      name: "evaluate_first",
      func: evaluateModel(training),
      inputs: {
        model: "pre_model",
        test: "test",
        app_holdout: "app_holdout",
        classes: "params:classes",
      },
      outputs: { scores: "first_scores", examples: "first_examples" },
      tags: "evaluation",
    }),
    node({
      name: "decide_first",
      func: decideFirstModel,
      inputs: ["first_scores", "first_examples", "params:gate"],
      outputs: { metrics: "metrics", examples: "examples", gate_decision: "gate_decision" },
      tags: "evaluation",
    }),
  ]);
}
