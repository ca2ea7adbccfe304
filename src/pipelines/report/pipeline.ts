import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import { gatherTrainReport, gatherTuneReport } from "./nodes.ts";

/** The report page of training from scratch. */
export function createTrainReport(): Pipeline {
  return pipeline([
    node({
      name: "draw_train_report",
      func: gatherTrainReport,
      inputs: ["train_report", "train_examples"],
      outputs: "train_page",
      tags: "evaluation",
    }),
  ]);
}

/** The report page of a fine-tuning run, with the gate's decision. */
export function createTuneReport(): Pipeline {
  return pipeline([
    node({
      name: "draw_tune_report",
      func: gatherTuneReport,
      inputs: ["tune_report", "metrics", "gate_decision", "examples"],
      outputs: "tune_page",
      tags: "evaluation",
    }),
  ]);
}
