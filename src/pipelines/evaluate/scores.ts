import type { Examples } from "../../domain/examples.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";
import type { Cost, Scored } from "../../model-registry/gate/gate-scores.ts";
import type { HeldOut } from "../de/nodes.ts";

/** A model's evaluation on one set, with its answers. */
export interface ScoredSet extends Scored {
  report: EvaluationReport;
  /** [N], of the predicted classes, 0..1. */
  confidence: Float32Array;
}

/** The evaluations of one model. */
export interface Scores {
  /** The classes that it has outputs for. */
  known: readonly string[];
  /** On MNIST's test images; null when no class is a digit. */
  test: ScoredSet | null;
  /** On pinned drawings; null when there are none. */
  pinned: ScoredSet | null;
  /** On held-out drawings; null when there are none. */
  holdout: ScoredSet | null;
  /** Null where it was not measured. */
  cost: Cost | null;
}

/** Examples of one model's predictions on the same sets. */
export interface ScoredExamples {
  test: Examples | null;
  pinned: Examples | null;
  holdout: Examples | null;
}

/** The sets that models are evaluated on: every model on the same images, labelled by the same classes. */
export interface EvaluationSets {
  test: ImageSet;
  pinned?: ImageSet;
  app_holdout: HeldOut;
  classes: readonly string[];
}
