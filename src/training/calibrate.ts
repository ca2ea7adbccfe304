import type { ImageSet } from "../digits/types.ts";
import type { ModelArtifacts, ModelCalibration, OutlierScoreName } from "../lib/model-artifacts.ts";
import { createRandom } from "../lib/random.ts";
import { fromArtifacts } from "./artifacts.ts";
import { augmentInto } from "./augment.ts";
import { requireImages, requireSize } from "./image-set.ts";
import { report } from "./metrics.ts";
import { outlierScores } from "./outlier-score.ts";
import { predictLogits } from "./predict.ts";
import { areaUnderRoc, thresholdAt } from "./roc.ts";
import { scaled } from "./softmax.ts";
import { fitTemperature } from "./temperature.ts";
import type { AugmentationParams } from "./types.ts";

export interface CalibrateParams {
  rejection: {
    score: OutlierScoreName;
    /** Share of the validation images that may be flagged, in [0, 1). */
    false_alarm_rate: number;
  };
  /** Makes of each validation image one that the model has not seen the like of; null takes them as they are. */
  augmentation: AugmentationParams | null;
  seed: number;
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

/**
 * Makes a model's confidence believable and lets it say that it does not know: a temperature that makes the
 * labels of validation images likeliest, and a threshold that a stated share of these images is above.
 *
 * @param artifacts stay as they are.
 * @param validation images that the model was not trained on.
 * @param negatives images of none of the classes, to measure with; labels are not looked at.
 * @returns the same weights with `calibration` in the metadata; a calibration of before is replaced.
 * @throws {ModelLoadError} when the model is damaged.
 * @throws {RangeError} when the validation set is empty, or its sizes or labels do not fit the model.
 * @throws the signal's reason when it is aborted.
 */
export async function calibrate(
  artifacts: ModelArtifacts,
  validation: ImageSet,
  negatives: ImageSet | null,
  params: CalibrateParams,
  signal?: AbortSignal,
): Promise<{ model: ModelArtifacts; report: CalibrationReport }> {
  const { classes, rows, cols } = artifacts.userDefinedMetadata;
  const K = classes.length;
  requireImages(validation, "the validation set", K);
  requireSize(validation, "the validation set", rows, cols);
  if (negatives !== null) requireSize(negatives, "the negatives", rows, cols);
  const model = fromArtifacts(artifacts);
  try {
    const logits = await predictLogits(model, augmented(validation, params), signal);
    const unknown = negatives && (await predictLogits(model, negatives, signal));
    const { labels } = validation;
    const temperature = fitTemperature(logits, labels, K);
    const before = report(logits, labels, classes);
    const after = report(scaled(logits, temperature), labels, classes);
    const scores = outlierScores(logits, K, params.rejection.score, temperature);
    const threshold = thresholdAt(scores, params.rejection.false_alarm_rate);
    const calibration = { temperature, rejection: { ...params.rejection, threshold } };
    return {
      model: { ...artifacts, userDefinedMetadata: { ...artifacts.userDefinedMetadata, calibration } },
      report: {
        ...calibration,
        n: labels.length,
        loss: { before: before.loss, after: after.loss },
        ece: { before: before.calibration.ece, after: after.calibration.ece },
        auroc:
          unknown && areaUnderRoc(scores, outlierScores(unknown, K, params.rejection.score, temperature)),
      },
    };
  } finally {
    model.dispose();
  }
}

/** One augmented view of each image, decided by the seed. */
function augmented(set: ImageSet, { augmentation, seed }: CalibrateParams): ImageSet {
  if (augmentation === null) return set;
  const { rows, cols } = set;
  const pixels = rows * cols;
  const random = createRandom(seed).fork("calibration");
  const view = new Float32Array(pixels);
  const images = new Uint8Array(set.images.length);
  set.labels.forEach((_, n) => {
    const image = set.images.subarray(n * pixels, (n + 1) * pixels);
    augmentInto(image, rows, cols, augmentation, random, view, 0);
    view.forEach((value, i) => {
      images[n * pixels + i] = Math.round(value * 255);
    });
  });
  return { ...set, images };
}
