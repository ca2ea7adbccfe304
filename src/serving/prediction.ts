import type { Explained } from "./explanation.ts";

export interface ModelRef {
  name: string;
  version: number;
}

export interface Prediction {
  label: string;
  /** 0..1: the probability of `label`. */
  confidence: number;
  /** Every class, most probable first; they sum to 1. */
  probabilities: { label: string; p: number }[];
  /** How strange the image is to the model, the greater the stranger; null when it was never calibrated. */
  outlierScore: number | null;
  /** It looks like none of the classes; `label` is then only the nearest. */
  isOutlier: boolean;
  model: ModelRef;
}

/** An answer, and why: what in the image speaks for its label, and what the layers make of it. */
export type Explanation = Prediction & Explained;
