import type { ModelArtifacts } from "../domain/model-artifacts.ts";
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

/** The loaded model. One answer comes from one version, whatever is swapped in meanwhile. */
export interface Predictor {
  /** @param pixels uint8 [rows * cols], ink 255 on 0. What arrives together is computed together. */
  predict(pixels: Uint8Array): Promise<Prediction>;
  /** As `predict`, with what speaks for the answer; each is computed alone, between two batches. */
  explain(pixels: Uint8Array): Promise<Explanation>;
  /** What answers now; null before the first `swap`. */
  current(): (ModelRef & { classes: readonly string[] }) | null;
  /** Loads and checks on fixed digits, without touching what serves. @throws ModelLoadError with the reason. */
  check(artifacts: ModelArtifacts): Promise<void>;
  /** As `check`, then serves it from the next batch on; what is under way ends on the old one. */
  swap(model: ModelRef, artifacts: ModelArtifacts): Promise<void>;
  close(): Promise<void>;
}
