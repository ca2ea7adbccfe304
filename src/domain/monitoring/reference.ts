import type { Counts } from "./counts.ts";

/**
 * Where the drawings of a reference come from. `training`: the newest labelled drawings on the training side that the
 * version's run has seen. `built_in`: MNIST test images and synthetic digits, half each, which is what the base model is
 * trained on, without an image that it was trained on. `both`: too few drawings, filled up with the latter.
 */
export const REFERENCE_SOURCES = ["training", "built_in", "both"] as const;

/** The standard that a model version's predictions are compared with: its own predictions of drawings as it was trained on. */
export interface ModelReference {
  modelVersion: number;
  source: (typeof REFERENCE_SOURCES)[number];
  /** Drawings of the store, and built-in images. Their sum is `counts.n`. */
  drawings: number;
  builtIn: number;
  counts: Counts;
  /** ISO 8601, UTC. */
  createdAt: string;
}
