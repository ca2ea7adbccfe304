import type { Prediction } from "../../../serving/prediction.ts";
import type { AppDeps } from "../../deps.ts";

/** The predictor, and the monitor that counts its predictions. */
export type RecordingDeps = Pick<AppDeps, "predictor" | "monitor" | "metrics" | "monotonicMs">;

/**
 * Predicts with the live model, and counts the prediction for monitoring.
 *
 * @param pixels uint8 [784], ink 255 on 0.
 * @param startMs when the work on its drawing began, on the clock of `monotonicMs`; null when its time is not known.
 * @throws {UnavailableError} when the model is not loaded yet or too many requests are waiting; nothing is counted.
 */
export async function predictRecorded(
  { predictor, monitor, metrics, monotonicMs }: RecordingDeps,
  pixels: Uint8Array,
  startMs: number | null,
): Promise<Prediction> {
  const prediction = await predictor.predict(pixels);
  const { label, confidence, probabilities, outlierScore, isOutlier, model } = prediction;
  const latencyMs = startMs === null ? null : monotonicMs() - startMs;
  monitor.record({
    ...{ pixels, label, confidence, probabilities, outlierScore, isOutlier, latencyMs },
    modelVersion: model.version,
  });
  metrics.prediction({ label, confidence, isOutlier, seconds: latencyMs === null ? null : latencyMs / 1000 });
  return prediction;
}
