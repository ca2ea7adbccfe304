import { node } from "../../engine/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline.ts";
import { splitDrawings, splitMnist } from "./nodes.ts";

/** Data engineering: raw data to train, validation and test sets, and to drawings for tuning and judging. */
export function createPipeline(): Pipeline {
  return pipeline([
    node({
      name: "split_mnist",
      func: splitMnist,
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
        app_data: "app_data",
        classes: "params:classes",
        holdout_fraction: "params:holdout_fraction",
        gate: "params:gate",
      },
      outputs: { app_x: "app_x", app_y: "app_y", app_groups: "app_groups", app_holdout: "app_holdout" },
      tags: "data",
    }),
  ]);
}
