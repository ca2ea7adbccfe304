import type { GateSentence } from "../../domain/gate.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";

/** The metrics of an evaluation that the gate uses. */
export type Report = Pick<EvaluationReport, "n" | "accuracy" | "per_class"> & {
  calibration: Pick<EvaluationReport["calibration"], "ece">;
};

/** A model's answers on one image set. */
export interface Scored {
  report: Report;
  /** [N], the true classes, and the predicted ones. */
  labels: Uint8Array;
  predicted: Uint8Array;
  /** [N]: equal for drawings of the same writer or session; null where the writers are unknown. */
  groups: Uint32Array | null;
}

/** The cost of a model. */
export interface Cost {
  /** Size of the weights. */
  bytes: number;
  /** Median time of one image, alone. */
  latencyMs: number;
}

/** A model's answers on each set; null for a set that is empty. */
export interface Scores {
  /** The classes that the model has outputs for. */
  known: readonly string[];
  /** On the MNIST test images of the digits that are classes. */
  test: Scored | null;
  /** On the pinned drawings: synthetic, in styles that nothing trains on, and those that an operator has pinned. */
  pinned: Scored | null;
  /** On held-out drawings: of writers and sittings that no model is trained on. */
  holdout: Scored | null;
  /** Null where it was not measured. */
  cost: Cost | null;
}

/** `gate` in server.yml. Shares are 0..1. */
export interface GateParams {
  /** `promotion` of server.yml: with "evidence", a candidate that is not shown to be better is held. */
  promotion?: string;
  /** Least accuracy on the MNIST test set. */
  threshold: number;
  /** The candidate must be shown not to be worse than the champion by more than this, on MNIST test and pinned drawings. */
  margin: number;
  /** Least number of MNIST test images and pinned drawings together. */
  min_evidence: number;
  /** Number of synthetic drawings that are pinned, at least. */
  pinned_digits: number;
  /** Least gain in accuracy on held-out drawings, where at least `min_samples` are held out; 0 or less for none. */
  min_absolute_change: number;
  /** Largest allowed drop in recall of any class, against the champion and against the base model. */
  max_class_drop: number;
  /** The candidate must be shown not to be worse than the base model by more than this. */
  max_forgetting: number;
  /** Required share of the distance from chance to 100 %, where the MNIST test set does not apply. */
  first_gain: number;
  /** Least number of held-out drawings for a decision by them alone. */
  min_samples: number;
  /** Largest expected calibration error on MNIST test and pinned drawings. */
  max_calibration_error: number;
  /** Largest median time of one image, in milliseconds. */
  max_latency_ms: number;
  /** Largest size of the weights, in megabytes. */
  max_model_mb: number;
}

/** The result of screening the batch of labels that the candidate was trained on. */
export interface BatchState {
  /** Whether the batch, or the held-out drawings, are in review as a whole. */
  isHeld: boolean;
  /** Labels of the batch, and how many of them are in review. */
  n: number;
  suspects: number;
  /** The reason, when it is held. */
  reason: GateSentence | null;
}
