import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { FINE_TUNE_PARAMS } from "../ft/pipeline.ts";
import { measureCurve } from "./measure-curve.ts";

/** The learning curve: mistakes over the number of labels, by cross-validation. It registers no model. */
export function createPipeline(training: Training): Pipeline {
  return pipeline([
    node({
      name: "measure_curve",
      func: measureCurve(training),
      inputs: {
        base_model: "base_model",
        app_x: "app_x",
        app_y: "app_y",
        app_groups: "app_groups",
        app_holdout: "app_holdout",
        replay: "replay",
        ...FINE_TUNE_PARAMS,
      },
      outputs: "learning_curve",
      tags: "evaluation",
    }),
  ]);
}
