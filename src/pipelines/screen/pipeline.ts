import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { screenLabels } from "./nodes.ts";

/** Screening: labels that are likely to be wrong go to review before anything trains on them. */
export function createPipeline(training: Training): Pipeline {
  return pipeline([
    node({
      name: "screen_labels",
      func: screenLabels(training),
      inputs: {
        app_data: "app_data",
        model: "screening_model",
        classes: "params:classes",
        screening: "params:screening",
      },
      outputs: { screened_data: "screened_data", screening: "screening", label_marks: "label_marks" },
      tags: "data",
    }),
  ]);
}
