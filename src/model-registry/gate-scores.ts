import type { EvaluationReport } from "../domain/metrics.ts";
/** What the gate looks at of an evaluation. */
export type Report = Pick<EvaluationReport, "n" | "accuracy" | "per_class">;

/** Scores on the MNIST test set (null when no class is a digit), and on the drawings kept aside (null when there are none). */
export interface Scores {
  /** The classes that the model has outputs for. */
  known: readonly string[];
  test: Report | null;
  holdout: Report | null;
}

/** `gate` in server.yml. */
export interface GateParams {
  /** Least accuracy on the MNIST test set, 0..1. */
  threshold: number;
  /** Least gain in accuracy on the holdout; below 0 counts as 0. */
  min_absolute_change: number;
  /** Most that the recall of any one class may fall on the MNIST test set. */
  max_class_drop: number;
  /** Most that the accuracy on the MNIST test set may fall. */
  max_forgetting: number;
  /** How far from chance to always right a model must have come where MNIST cannot judge it, 0..1. */
  first_gain: number;
  /** Holdouts with fewer drawings are reported and not judged. */
  min_samples: number;
}
