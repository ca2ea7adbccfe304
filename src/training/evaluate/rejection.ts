import type { ImageSet } from "../../domain/image-set.ts";
import type { RejectionReport } from "../../domain/metrics.ts";
import { type ModelArtifacts, OUTLIER_SCORES, type OutlierScoreName } from "../../domain/model-artifacts.ts";
import { extractLogits } from "../caches/features.ts";
import { knownFeatures, type TrainingCaches } from "../caches/training-caches.ts";
import { requireImages, requireSize } from "../image-set.ts";
import { fromArtifacts } from "../model/artifacts.ts";
import { outlierScores } from "./outlier-score.ts";
import { areaUnderRoc, shareAbove } from "./roc.ts";

/**
 * Measures the outlier scores of a model on images of its classes and on images of none.
 *
 * @param unknown its labels are ignored.
 * @param caches  where the model's logits are looked up and stored.
 * @throws {ModelLoadError} when the model is damaged.
 * @throws {RangeError} when a set is empty, or its sizes or the known labels do not fit the model.
 * @throws the signal's reason when it is aborted.
 */
export async function measureRejection(
  artifacts: ModelArtifacts,
  known: ImageSet,
  unknown: ImageSet,
  caches: TrainingCaches,
  signal?: AbortSignal,
): Promise<RejectionReport> {
  const { classes, rows, cols, calibration } = artifacts.userDefinedMetadata;
  const K = classes.length;
  requireImages(known, "the evaluation set", K);
  requireSize(known, "the evaluation set", rows, cols);
  requireImages(unknown, "the set of unknown images", Number.POSITIVE_INFINITY);
  requireSize(unknown, "the set of unknown images", rows, cols);
  const model = fromArtifacts(artifacts);
  try {
    const cached = knownFeatures(caches, artifacts, model.layers.length);
    const logitsOf = (set: ImageSet) =>
      extractLogits(model, 0, set, cached && { logits: cached, features: null }, signal);
    const logits = await logitsOf(known);
    const strange = await logitsOf(unknown);
    const temperature = calibration?.temperature ?? 1;
    const scoresOf = (name: OutlierScoreName) => ({
      known: outlierScores(logits, K, name, temperature),
      unknown: outlierScores(strange, K, name, temperature),
    });
    const area = (name: OutlierScoreName) => areaUnderRoc(scoresOf(name).known, scoresOf(name).unknown);
    const auroc = Object.fromEntries(OUTLIER_SCORES.map((name) => [name, area(name)]));
    return {
      known: known.labels.length,
      unknown: unknown.labels.length,
      auroc: auroc as Record<OutlierScoreName, number>,
      flagged: calibration === undefined ? null : flaggedOf(),
    };

    function flaggedOf() {
      const { rejection } = calibration!;
      const scores = scoresOf(rejection.score);
      const rest = [...known.labels.keys()].filter((n) => scores.known[n]! <= rejection.threshold);
      const right = rest.filter((n) => greatest(logits.subarray(n * K, (n + 1) * K)) === known.labels[n]);
      return {
        ...rejection,
        unknown: shareAbove(scores.unknown, rejection.threshold)!,
        known: shareAbove(scores.known, rejection.threshold)!,
        accuracy_of_rest: rest.length === 0 ? null : right.length / rest.length,
      };
    }
  } finally {
    model.dispose();
  }
}

/** The index of the greatest value; of equal ones, the first. */
function greatest(row: Float32Array): number {
  return row.indexOf(Math.max(...row));
}
