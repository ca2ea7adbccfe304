/**
 * The datasets of the built-in pipelines that the program itself uses: to register a model, show results or start
 * training. A test checks that the pipelines and catalog.yml have them all.
 */
export const DATASET = {
  /** MNIST's training and test images. */
  mnistData: "mnist_data",
  /** The labelled drawings. */
  appData: "app_data",
  /** The champion, from which fine-tuning starts by default. */
  model: "model",
  /** The base model, which never changes; null for a project whose classes it does not know. */
  baseModel: "base_model",
  /** The labels that screening has put into review, and those that passed. */
  labelMarks: "label_marks",
  /** The result of screening, for people. */
  screening: "screening",
  /** The stored samples that a run used, by side, and those that it left out. */
  dataVersion: "data_version",
  /** The learning curve that pipeline curve has measured. */
  learningCurve: "learning_curve",
  /** Every drawing in use, for the map. */
  storedDrawings: "stored_drawings",
  /** The map that pipeline map has made. */
  drawingMap: "drawing_map",
  /** A model trained from scratch. */
  preModel: "pre_model",
  /** A fine-tuned model. */
  tuneModel: "tune_model",
  /** The report of training from scratch: its history and the evaluation on MNIST's test images. */
  trainReport: "train_report",
  /** Evaluations of the candidate and the champion, by the name of the image set. */
  metrics: "metrics",
  /** Whether the candidate may replace the champion, and why. */
  gateDecision: "gate_decision",
  /** Predictions with their images, from a run that evaluated a candidate. */
  examples: "examples",
  /** Predictions with their images, from training from scratch. */
  trainExamples: "train_examples",
  /** The HTML report of fine-tuning. */
  tunePage: "tune_page",
  /** The HTML report of training from scratch. */
  trainPage: "train_page",
} as const;

/** The models that fine-tuning can start from: `tuning_initial_model` of parameters.yml. */
export const INITIAL_MODELS = ["champion", "pre_model", "base"] as const;

/** One of `INITIAL_MODELS`. */
export type InitialModel = (typeof INITIAL_MODELS)[number];

/** Returns the dataset that fine-tuning starts from. */
export function initialDataset(model: InitialModel): string {
  return { champion: DATASET.model, pre_model: DATASET.preModel, base: DATASET.baseModel }[model];
}
