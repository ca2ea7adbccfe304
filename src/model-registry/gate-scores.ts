import type { EvaluationReport } from "../domain/metrics.ts";

/** The metrics of an evaluation that the gate uses. */
export type Report = Pick<EvaluationReport, "n" | "accuracy" | "per_class">;

/** Scores on the MNIST test set (null when no class is a digit) and on held-out drawings (null when there are none). */
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
  /** Least gain in accuracy on held-out drawings, 0..1; a negative value counts as 0. */
  min_absolute_change: number;
  /** Largest allowed drop in recall of any class on the MNIST test set, 0..1. */
  max_class_drop: number;
  /** Largest allowed drop in accuracy on the MNIST test set, 0..1. */
  max_forgetting: number;
  /** Required share of the distance from chance to 100 %, where the MNIST test set does not apply, 0..1. */
  first_gain: number;
  /** With fewer held-out drawings their accuracy is only reported. */
  min_samples: number;
}
