import type { InitialModel } from "../../domain/dataset-names.ts";
import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { decideCandidate, evaluateBase, evaluateCandidate, evaluateModel, gatherExamples } from "./nodes.ts";

/**
 * The gate: evaluates candidate, champion and base model on the same images, and decides whether the candidate may
 * replace the champion.
 * @param initial the model that the candidate was fine-tuned from. Only of the champion it has the frozen layers.
 */
export function createPipeline(training: Training, initial: InitialModel): Pipeline {
  const sets = {
    test: "test",
    pinned: "pinned",
    app_holdout: "app_holdout",
    classes: "params:classes",
  };
  const tuned = { tuned: "params:tuning_layer" };
  const tags = "evaluation";
  return pipeline([
    node({
      name: "evaluate_champion",
      func: evaluateModel(training),
      inputs: { model: "model", ...sets, ...(initial === "champion" && tuned) },
      outputs: { scores: "champion_scores", examples: "champion_examples" },
      tags,
    }),
    node({
      name: "evaluate_candidate",
      func: evaluateCandidate(training),
      inputs: { model: "tune_model", ...sets, ...tuned },
      outputs: { scores: "candidate_scores", examples: "candidate_examples" },
      tags,
    }),
    node({
      name: "evaluate_base",
      func: evaluateBase(training),
      nullable: true,
      inputs: {
        base_model: "base_model",
        champion: "model",
        ...sets,
        ...(initial === "champion" && tuned),
      },
      outputs: "base_scores",
      tags,
    }),
    node({
      name: "gather_examples",
      func: gatherExamples,
      inputs: {
        ...sets,
        champion_scores: "champion_scores",
        candidate_scores: "candidate_scores",
        champion_examples: "champion_examples",
        candidate_examples: "candidate_examples",
      },
      outputs: "examples",
      tags,
    }),
    node({
      name: "decide_gate",
      func: decideCandidate,
      inputs: {
        champion_scores: "champion_scores",
        candidate_scores: "candidate_scores",
        base_scores: "base_scores",
        classes: "params:classes",
        screening: "screening",
        gate: "params:gate",
      },
      outputs: { metrics: "metrics", gate_decision: "gate_decision" },
      tags,
    }),
  ]);
}
