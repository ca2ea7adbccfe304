import type { Measured } from "../domain/monitoring/measures.ts";
import { strokeFeatures } from "./stroke-features.ts";

/** A prediction as the live model gave it. */
export interface PredictionToCount {
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
  label: string;
  /** 0..1. */
  confidence: number;
  /** Of every class; they sum to 1. */
  probabilities: readonly { p: number }[];
  outlierScore: number | null;
  isOutlier: boolean;
  modelVersion: number;
  /** Null when it was not measured. */
  latencyMs: number | null;
}

/** Returns the measures of one prediction; of an image without ink, only those of the prediction. */
export function measuresOf(prediction: PredictionToCount): Measured {
  const { pixels, confidence, probabilities, outlierScore, latencyMs } = prediction;
  const measured: Measured = { confidence, entropy: entropyOf(probabilities) };
  if (outlierScore !== null) measured.outlier_score = outlierScore;
  if (latencyMs !== null) measured.latency = latencyMs;
  const features = strokeFeatures(pixels);
  if (features !== null) {
    measured.ink = features.ink;
    measured.stroke_width = features.strokeWidth;
    measured.aspect = features.aspect;
    measured.slant = features.slant;
  }
  return measured;
}

/** Shannon's entropy in bits, −Σ p log₂ p. */
function entropyOf(probabilities: readonly { p: number }[]): number {
  let bits = 0;
  for (const { p } of probabilities) if (p > 0) bits -= p * Math.log2(p);
  return bits;
}
