import * as v from "valibot";

/** The measures that are compared with the reference: the mix of predicted classes, and measures of the predictions. */
export const DRIFT_MEASURES = ["classes", "confidence", "ink", "stroke_width", "aspect", "slant"] as const;
/** The name of one of them. */
export type DriftMeasure = (typeof DRIFT_MEASURES)[number];

/** How far one measure of the predictions is from the reference. */
export interface Divergence {
  measure: DriftMeasure;
  /** Population stability index, at least 0. */
  psi: number;
  /** Jensen-Shannon divergence in bits, 0..1. */
  js: number;
  /** Whether both are at or above their thresholds. */
  isBreach: boolean;
}

/** When predictions are compared, and from which values on a measure has drifted. */
export interface DriftLimits {
  psi: number;
  /** Bits, 0..1. */
  js: number;
  /** Predictions and time that a check needs at least. */
  minPredictions: number;
  minSeconds: number;
}

/** One comparison of a model's predictions with its reference. */
export interface DriftCheck {
  id: number;
  modelVersion: number;
  /** The predictions that were compared: from the first to the last, ISO 8601 UTC. */
  from: string;
  to: string;
  n: number;
  divergences: Divergence[];
}

/** Whether the drawings have drifted away from what the live model was trained on. */
export interface DriftState {
  /** Whether a measure breached its thresholds in each of the last two checks. */
  isDetected: boolean;
  /** The measures that did. */
  measures: DriftMeasure[];
  /** The version whose reference was compared. */
  modelVersion: number;
  /** The last check. */
  lastCheck: DriftCheck;
  /** The check that raised the alarm, the same for as long as it lasts; null when there is none. */
  alarmId: number | null;
  /** The end of that check, ISO 8601 UTC. */
  since: string | null;
}

const figure = v.pipe(v.number(), v.finite());

const DivergencesSchema = v.array(
  v.object({ measure: v.picklist(DRIFT_MEASURES), psi: figure, js: figure, isBreach: v.boolean() }),
);

/** Reads the divergences of a check as the store keeps them; none when another release wrote them. Never throws. */
export function decodeDivergences(stored: unknown): Divergence[] {
  const result = v.safeParse(DivergencesSchema, stored);
  return result.success ? result.output : [];
}
