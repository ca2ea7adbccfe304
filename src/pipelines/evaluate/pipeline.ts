import type { InitialModel } from "../../domain/dataset-names.ts";
import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { decideCandidate, evaluateModel, evaluateTuned, gatherExamples } from "./nodes.ts";

/**
 * The gate: evaluates champion and candidate on the same images, and decides whether the candidate may replace it.
 * @param initial the model that the candidate was fine-tuned from. Only of the champion it has the frozen layers.
 */
export function createPipeline(training: Training, initial: InitialModel): Pipeline {
  const inputs = ["test", "app_holdout", "params:classes"];
  const outputs = { scores: "champion_scores", examples: "champion_examples" };
  const tags = "evaluation";
  return pipeline([
    initial === "champion"
      ? node({
          name: "evaluate_champion",
          func: evaluateTuned(training),
          inputs: ["model", ...inputs, "params:tuning_layer"],
          ...{ outputs, tags },
        })
      : node({
          name: "evaluate_champion",
          func: evaluateModel(training),
          inputs: ["model", ...inputs],
          ...{ outputs, tags },
        }),
    node({
      name: "evaluate_candidate",
      func: evaluateTuned(training),
      inputs: ["tune_model", ...inputs, "params:tuning_layer"],
      outputs: { scores: "candidate_scores", examples: "candidate_examples" },
      tags: "evaluation",
    }),
    node({
      name: "gather_examples",
      func: gatherExamples,
      inputs: ["champion_examples", "candidate_examples"],
      outputs: "examples",
      tags: "evaluation",
    }),
    node({
      name: "decide_gate",
      func: decideCandidate,
      inputs: ["champion_scores", "candidate_scores", "params:gate"],
      outputs: { metrics: "metrics", gate_decision: "gate_decision" },
      tags: "evaluation",
    }),
  ]);
}
