import type { ImageSet } from "../domain/image-set.ts";
import type { CalibrationReport } from "../domain/metrics.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { NodeContext } from "../engine/pipeline/node-spec.ts";
import { type Saying, saying } from "../lib/saying.ts";
import { type AugmentationParams, withoutDamage } from "../training/augment/augmentation-params.ts";
import { augmentedView } from "../training/augment/augmented-view.ts";
import type { RejectionParams } from "../training/evaluate/calibrate.ts";
import type { Training } from "../training/training.ts";
import { join, take } from "./image-sets.ts";

/** Inputs of a calibration node. */
export interface CalibrateModelInputs {
  model: ModelArtifacts;
  /** MNIST images that the model was not trained on; the warps of `augmentation` are applied to each. */
  mnist?: ImageSet | null;
  /** Synthetic digits that it was not trained on; they are used unchanged. */
  synthetic?: ImageSet | null;
  /** Drawings that it was not trained on; they are used unchanged. */
  drawings?: ImageSet | null;
  /** Images of none of the classes, for the report only. */
  negatives?: ImageSet | null;
  rejection: RejectionParams;
  augmentation?: AugmentationParams | null;
  seed?: number;
}

/** The calibrated model and the report; the report is null when there were no images to calibrate on. */
export type Calibrated = { model: ModelArtifacts; calibration: CalibrationReport | null };

/**
 * Calibrates a model on images that it was not trained on: its confidence, and the threshold above which an image
 * counts as none of its classes. Other writers write less clearly than MNIST's, so MNIST images are warped as for
 * training; but without noise, lines and the like, which drawings do not have: they would raise the threshold. Without any image the model gets no calibration, not even that of the model it was fine-tuned from.
 *
 * @param most limit of MNIST images; the first ones are used.
 */
export function calibrateModel(training: Training, { most = Number.POSITIVE_INFINITY } = {}) {
  return async (inputs: CalibrateModelInputs, context: NodeContext): Promise<Calibrated> => {
    const { model, rejection } = inputs;
    const validation = validationOf(inputs, most);
    if (validation === null) {
      context.log(
        "Not calibrated: there are no validation images. No drawings will be flagged",
        saying("notCalibrated"),
      );
      const { calibration: _, ...userDefinedMetadata } = model.userDefinedMetadata;
      return { model: { ...model, userDefinedMetadata }, calibration: null };
    }
    const negatives = inputs.negatives?.labels.length ? inputs.negatives : null;
    const calibrated = await training.calibrate(model, validation, negatives, rejection, context.signal);
    context.log(calibrationText(calibrated.report), calibrationSaying(calibrated.report));
    return { model: calibrated.model, calibration: calibrated.report };
  };
}

function validationOf(inputs: CalibrateModelInputs, most: number): ImageSet | null {
  const { mnist, synthetic, drawings, augmentation = null, seed = 0 } = inputs;
  const plain = mnist && take(mnist, Uint32Array.from(mnist.labels.keys()).subarray(0, most));
  const warped = plain && augmentedView(plain, withoutDamage(augmentation), seed);
  const sets = [warped, synthetic, drawings].filter((set) => set != null && set.labels.length > 0);
  return sets.length === 0 ? null : join(...(sets as ImageSet[]));
}

/** A calibration as one line of the log: "Temperature 1.12 on 500 images: ..." */
export function calibrationText(report: CalibrationReport): string {
  const { n, temperature, before, after, score, threshold, flagged, auroc } = figuresOf(report);
  const onNegatives = auroc === undefined ? "" : `; area under ROC on images of no class ${auroc}`;
  return (
    `Temperature ${temperature} on ${n} images: expected calibration error ${before} -> ${after}; ` +
    `images with ${score} above ${threshold} are flagged (${flagged} of these images)${onNegatives}`
  );
}

/** The line of `calibrationText` as data. */
export function calibrationSaying(report: CalibrationReport): Saying {
  return saying(report.auroc === null ? "calibrated" : "calibratedOnNegatives", figuresOf(report));
}

function figuresOf({ n, temperature, ece, rejection, auroc }: CalibrationReport) {
  return {
    n,
    temperature: temperature.toFixed(2),
    before: percent(ece.before),
    after: percent(ece.after),
    score: rejection.score,
    threshold: rejection.threshold.toFixed(2),
    flagged: percent(rejection.false_alarm_rate),
    ...(auroc === null ? {} : { auroc: auroc.toFixed(3) }),
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
