import type { Explained } from "./explanation.ts";

/** A registered model version. */
export interface ModelRef {
  name: string;
  version: number;
}

/** A model's prediction for one drawing. */
export interface Prediction {
  label: string;
  /** 0..1: the probability of `label`. */
  confidence: number;
  /** Every class, most probable first; they sum to 1. */
  probabilities: { label: string; p: number }[];
  /** How unusual the image is, higher for more unusual ones; null when the model was never calibrated. */
  outlierScore: number | null;
  /** Whether the drawing looks like none of the classes; `label` is then only the nearest one. */
  isOutlier: boolean;
  model: ModelRef;
}

/** A prediction with the pixels that support its label and the activations of the layers. */
export type Explanation = Prediction & Explained;
