import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { createPipeline as createScreening } from "../screen/pipeline.ts";
import {
  drawCalibration,
  drawPinned,
  drawReplay,
  drawSynthetic,
  splitDrawings,
  splitMnist,
} from "./nodes.ts";

/**
 * Data engineering: raw data to training, validation and test sets, and to drawings for fine-tuning and evaluation.
 * @param splits from `createSplits`.
 */
export function createPipeline(splits: Pipeline): Pipeline {
  return splits.plus(createSynthesis());
}

/** The splits of stored data that training from scratch and fine-tuning share, after screening. */
export function createSplits(training: Training): Pipeline {
  return createScreening(training).plus(splitting());
}

function splitting(): Pipeline {
  return pipeline([
    node({
      name: "split_mnist",
      func: splitMnist,
      nullable: true,
      inputs: {
        mnist_data: "mnist_data",
        classes: "params:classes",
        validation_split: "params:validation_split",
        seed: "params:seed",
      },
      outputs: { train: "train", valid: "valid", test: "test" },
      tags: "data",
    }),
    node({
      name: "split_drawings",
      func: splitDrawings,
      inputs: {
        screened_data: "screened_data",
        classes: "params:classes",
        holdout_fraction: "params:holdout_fraction",
        gate: "params:gate",
      },
      outputs: {
        app_x: "app_x",
        app_y: "app_y",
        app_groups: "app_groups",
        app_holdout: "app_holdout",
        app_negatives: "app_negatives",
        data_version: "data_version",
      },
      tags: "data",
    }),
  ]);
}

/** Synthetic drawings for training from scratch. */
function createSynthesis(): Pipeline {
  return pipeline([
    node({
      name: "draw_synthetic",
      func: drawSynthetic,
      nullable: true,
      inputs: {
        train: "train",
        classes: "params:classes",
        synthesis: "params:synthesis",
        validation_split: "params:validation_split",
        seed: "params:seed",
      },
      outputs: {
        synthetic: "synthetic",
        synthetic_valid: "synthetic_valid",
        negatives: "negatives",
        negatives_valid: "negatives_valid",
      },
      tags: "data",
    }),
  ]);
}

/** The pinned set, on which the gate evaluates models. */
export function createPinned(): Pipeline {
  return pipeline([
    node({
      name: "draw_pinned",
      func: drawPinned,
      inputs: {
        screened_data: "screened_data",
        test: "test",
        classes: "params:classes",
        gate: "params:gate",
      },
      outputs: "pinned",
      tags: "data",
    }),
  ]);
}

/** Images that fine-tuning mixes in, and others to calibrate on. */
export function createReplay(): Pipeline {
  return pipeline([
    node({
      name: "draw_replay",
      func: drawReplay,
      inputs: { train: "train", classes: "params:classes", replay: "params:replay", seed: "params:seed" },
      outputs: "replay",
      tags: "data",
    }),
    node({
      name: "draw_calibration",
      func: drawCalibration,
      inputs: { classes: "params:classes", replay: "params:replay", seed: "params:seed" },
      outputs: {
        calibration_digits: "calibration_digits",
        calibration_negatives: "calibration_negatives",
      },
      tags: "data",
    }),
  ]);
}
