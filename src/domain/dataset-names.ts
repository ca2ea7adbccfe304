/**
 * The datasets of the built-in pipelines that the program itself reads: to register a model, to show results, to start
 * a training. A test makes sure that the pipelines and catalog.yml have them all.
 */
export const DATASET = {
  /** The model from the registry that a fine-tuning starts from. */
  model: "model",
  /** A model trained from scratch. */
  preModel: "pre_model",
  /** A fine-tuned model. */
  tuneModel: "tune_model",
  /** What a training from scratch reports: its history and the evaluation on MNIST's test images. */
  trainReport: "train_report",
  /** Evaluations of the candidate and the champion, by the name of their set. */
  metrics: "metrics",
  /** Whether the candidate may replace the champion, and why. */
  gateDecision: "gate_decision",
  /** Answers with their images, of a run that evaluated a candidate. */
  examples: "examples",
  /** The same of a training from scratch. */
  trainExamples: "train_examples",
  /** The HTML report of a fine-tuning. */
  tunePage: "tune_page",
  /** The HTML report of a training from scratch. */
  trainPage: "train_page",
} as const;
