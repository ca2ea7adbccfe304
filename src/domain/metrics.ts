import type { ModelCalibration, OutlierScoreName } from "./model-artifacts.ts";

export interface EvaluationReport {
  n: number;
  /** 0..1 */
  accuracy: number;
  /** Mean cross-entropy, nats. */
  loss: number;
  per_class: { label: string; n: number; recall: number | null; precision: number | null }[];
  /** [K][K]: row = true class, column = predicted, in the order of `classes`. */
  confusion: number[][];
  /** How far the confidence of the answers can be believed. */
  calibration: Calibration;
}

/** What a group of answers claimed to know, and what it knew. */
export interface CalibrationBin {
  /** Confidences of the bin: at least `from`, below `to`; the last bin has 1 too. */
  from: number;
  to: number;
  /** Answers in the bin. */
  n: number;
  /** Mean confidence and share of right answers, 0..1; null when the bin is empty. */
  confidence: number | null;
  accuracy: number | null;
}

export interface Calibration {
  /** Expected calibration error, 0..1: Σ over bins of n/N · |accuracy − confidence|. */
  ece: number;
  bins: CalibrationBin[];
}

/** What calibration found, on the images that it was done with. */
export interface CalibrationReport extends ModelCalibration {
  /** Validation images. */
  n: number;
  /** Mean cross-entropy in nats and expected calibration error (0..1), at temperature 1 and at the one that was found. */
  loss: { before: number; after: number };
  ece: { before: number; after: number };
  /** How well the outlier score tells the negatives from the validation images, 0..1; null without negatives. */
  auroc: number | null;
}

/** How well a model tells what it knows from what it does not. Shares are 0..1. */
export interface RejectionReport {
  known: number;
  unknown: number;
  /** Area under the ROC curve of each score, known against unknown. */
  auroc: Record<OutlierScoreName, number>;
  /** What the model flags, and what it gets right of the rest; null for a model that was never calibrated. */
  flagged: {
    score: OutlierScoreName;
    threshold: number;
    /** What was asked for when the threshold was set. */
    false_alarm_rate: number;
    unknown: number;
    /** Flagged wrongly. */
    known: number;
    /** Accuracy on the known images that are left; null when all are flagged. */
    accuracy_of_rest: number | null;
  } | null;
}
