import type { ImageSet } from "../domain/image-set.ts";
import type { CalibrationReport } from "../domain/metrics.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { NodeContext } from "../engine/pipeline/node-spec.ts";
import type { AugmentationParams } from "../training/augment/augmentation-params.ts";
import { augmentedView } from "../training/augment/augmented-view.ts";
import type { RejectionParams } from "../training/evaluate/calibrate.ts";
import type { Training } from "../training/training.ts";
import { join, take } from "./image-sets.ts";

export interface CalibrateModelInputs {
  model: ModelArtifacts;
  /** MNIST images that the model was not trained on; each is seen as `augmentation` makes it. */
  mnist?: ImageSet | null;
  /** Made-up digits and people's drawings that it was not trained on; they are seen as they are. */
  synthetic?: ImageSet | null;
  drawings?: ImageSet | null;
  /** Images of none of the classes, to measure with. */
  negatives?: ImageSet | null;
  rejection: RejectionParams;
  augmentation?: AugmentationParams | null;
  seed?: number;
}

/** What was found; null when there was nothing to calibrate with. */
export type Calibrated = { model: ModelArtifacts; calibration: CalibrationReport | null };

/**
 * Calibrates a model on images that it was not trained on: its confidence, and from where on it says that an image
 * is none of its classes. Strangers write less plainly than MNIST, so MNIST is warped as for training. Without a
 * single image the model is passed on with no calibration, not with one of another model.
 *
 * @param most MNIST images at most, the first ones.
 */
export function calibrateModel(training: Training, { most = Number.POSITIVE_INFINITY } = {}) {
  return async (inputs: CalibrateModelInputs, context: NodeContext): Promise<Calibrated> => {
    const { model, rejection } = inputs;
    const validation = validationOf(inputs, most);
    if (validation === null) {
      context.log("Not calibrated: there are no validation images. No drawing will be flagged");
      const { calibration: _, ...userDefinedMetadata } = model.userDefinedMetadata;
      return { model: { ...model, userDefinedMetadata }, calibration: null };
    }
    const negatives = inputs.negatives?.labels.length ? inputs.negatives : null;
    const calibrated = await training.calibrate(model, validation, negatives, rejection, context.signal);
    context.log(calibrationText(calibrated.report));
    return { model: calibrated.model, calibration: calibrated.report };
  };
}

function validationOf(inputs: CalibrateModelInputs, most: number): ImageSet | null {
  const { mnist, synthetic, drawings, augmentation = null, seed = 0 } = inputs;
  const plain = mnist && take(mnist, Uint32Array.from(mnist.labels.keys()).subarray(0, most));
  const warped = plain && augmentedView(plain, augmentation, seed);
  const sets = [warped, synthetic, drawings].filter((set) => set != null && set.labels.length > 0);
  return sets.length === 0 ? null : join(...(sets as ImageSet[]));
}

/** One line for the log: "Temperature 1.12; ..." */
export function calibrationText({ n, temperature, ece, rejection, auroc }: CalibrationReport): string {
  const told = auroc === null ? "" : `; area under ROC on non-classes ${auroc.toFixed(3)}`;
  return (
    `Temperature ${temperature.toFixed(2)} on ${n} images: expected calibration error ${percent(ece.before)} -> ${percent(ece.after)}; ` +
    `flagged where ${rejection.score} is above ${rejection.threshold.toFixed(2)} (${percent(rejection.false_alarm_rate)} of them)${told}`
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
