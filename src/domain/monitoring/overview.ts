import type { Counts } from "./counts.ts";
import type { DriftCheck, DriftLimits, DriftState } from "./drift.ts";
import type { Proportion } from "./proportion.ts";
import type { ModelReference } from "./reference.ts";
import type { MonitorWindow } from "./windows.ts";

/** Accuracy on the labelled drawings of one class, model version or writer; `key` names it. */
export interface AccuracyOf<Key> {
  key: Key;
  accuracy: Proportion;
}

/** Measured accuracy: of predictions that a person labelled. */
export interface LiveAccuracy {
  all: Proportion;
  /** Mean confidence in the same predictions, 0..1; null without labels. */
  confidence: number | null;
  /** By label, the given class: recall. */
  classes: AccuracyOf<string>[];
  /** Newest first. */
  versions: AccuracyOf<number>[];
  /** The writers with the most labels; null is all drawings without a writer. */
  writers: AccuracyOf<string | null>[];
}

/** One bucket of the charts over time. */
export interface TimePoint {
  /** The beginning of the hour or day, ISO 8601 UTC. */
  at: string;
  predictions: number;
  /** Mean confidence, 0..1; null without predictions. */
  confidence: number | null;
  labels: number;
  correct: number;
}

/** Everything that monitoring reports of one window. */
export interface MonitorOverview {
  window: MonitorWindow;
  /** ISO 8601 UTC; null for all time. */
  from: string | null;
  to: string;
  /** All predictions of the window, of all versions. */
  counts: Counts;
  /** Predictions by version, newest version first. */
  versions: { modelVersion: number; n: number; confidence: number | null; disagreement: Proportion }[];
  /** Share of predictions flagged as none of the classes. */
  undecided: Proportion;
  /** Share of drawings for which the challenger had another class than the live model. */
  disagreement: Proportion;
  /**
   * Accuracy as the model itself expects it: its mean confidence in all predictions of the window, 0..1; null without
   * predictions. Right if it is calibrated for these drawings, which labels alone can tell.
   */
  expectedAccuracy: number | null;
  accuracy: LiveAccuracy;
  /** Accuracy of the model alone, and of what was shown, on the labelled drawings that memory had a part in. */
  withMemory: { model: Proportion; shown: Proportion };
  /** Oldest first; hours or days, empty for all time. */
  points: TimePoint[];
  /** Null when there is no check of the live version yet. */
  drift: DriftState | null;
  /** Newest first. */
  checks: DriftCheck[];
  /** Predictions of the live version that no check has compared yet. */
  unchecked: number;
  /** Of the live version; null until it is made. */
  reference: ModelReference | null;
  liveVersion: number | null;
  limits: DriftLimits;
}
