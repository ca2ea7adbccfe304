import { NOBODY, type Person } from "../../../domain/person.ts";
import type { PersonalPrediction } from "../../../serving/personal/personal-prediction.ts";
import type { Prediction } from "../../../serving/prediction.ts";
import type { PredictedTogether } from "../../../serving/predictor.ts";
import type { AppDeps } from "../../deps.ts";

/** The predictor, the memory of those who draw, and the monitor that counts predictions. */
export type RecordingDeps = Pick<AppDeps, "predictor" | "memory" | "monitor" | "metrics" | "monotonicMs">;

/**
 * Predicts with the live model and the memory of a person. Monitoring counts what the model alone says, whoever draws.
 *
 * @param pixels uint8 [784], ink 255 on 0.
 * @param startMs when the work on its drawing began, on the clock of `monotonicMs`; null when its time is not known.
 * @throws {UnavailableError} when the model is not loaded yet or too many requests are waiting; nothing is counted.
 */
export async function predictRecorded(
  deps: RecordingDeps,
  pixels: Uint8Array,
  startMs: number | null,
  person: Person = NOBODY,
): Promise<PersonalPrediction> {
  const answer = await deps.predictor.predictFor(pixels, await deps.memory.of(person));
  record(deps, pixels, answer.prediction, startMs);
  return answer;
}

/**
 * Predicts several images with one version, whatever goes live meanwhile, and counts the predictions.
 *
 * @param images uint8 [784] each, ink 255 on 0.
 * @param startMs as for `predictRecorded`.
 * @throws {UnavailableError} as `predictRecorded`.
 */
export async function predictAllRecorded(
  deps: RecordingDeps,
  images: readonly Uint8Array[],
  startMs: number | null,
): Promise<PredictedTogether> {
  const answer = await deps.predictor.predictAll(images);
  images.forEach((pixels, n) => {
    record(deps, pixels, answer.predictions[n]!, startMs);
  });
  return answer;
}

function record(
  { monitor, metrics, monotonicMs }: RecordingDeps,
  pixels: Uint8Array,
  { label, confidence, probabilities, outlierScore, isOutlier, model }: Prediction,
  startMs: number | null,
): void {
  const latencyMs = startMs === null ? null : monotonicMs() - startMs;
  monitor.record({
    ...{ pixels, label, confidence, probabilities, outlierScore, isOutlier, latencyMs },
    modelVersion: model.version,
  });
  metrics.prediction({ label, confidence, isOutlier, seconds: latencyMs === null ? null : latencyMs / 1000 });
}
