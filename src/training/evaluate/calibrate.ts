import type { ImageSet } from "../../domain/image-set.ts";
import type { CalibrationReport } from "../../domain/metrics.ts";
import type { ModelArtifacts, OutlierScoreName } from "../../domain/model-artifacts.ts";
import { requireImages, requireSize } from "../image-set.ts";
import { fromArtifacts } from "../model/artifacts.ts";
import { report } from "./metrics.ts";
import { outlierScores } from "./outlier-score.ts";
import { predictLogits } from "./predict.ts";
import { areaUnderRoc, thresholdAt } from "./roc.ts";
import { scaled } from "./softmax.ts";
import { fitTemperature } from "./temperature.ts";

/** The parameters `rejection` in parameters.yml. */
export interface RejectionParams {
  score: OutlierScoreName;
  /** Share of the validation images that may be flagged, in [0, 1). */
  false_alarm_rate: number;
}

/**
 * Makes a model's confidence match its accuracy, and lets it flag outliers: finds the temperature that maximises the
 * likelihood of the validation labels, and the outlier threshold that a given share of the validation images exceeds.
 *
 * @param artifacts not changed.
 * @param validation images that the model was not trained on.
 * @param negatives images of none of the classes, to measure with; their labels are ignored.
 * @returns the same weights with `calibration` in the metadata; a previous calibration is replaced.
 * @throws {ModelLoadError} when the model is damaged.
 * @throws {RangeError} when the validation set is empty, or its sizes or labels do not fit the model.
 * @throws the signal's reason when it is aborted.
 */
export async function calibrate(
  artifacts: ModelArtifacts,
  validation: ImageSet,
  negatives: ImageSet | null,
  rejection: RejectionParams,
  signal?: AbortSignal,
): Promise<{ model: ModelArtifacts; report: CalibrationReport }> {
  const { classes, rows, cols } = artifacts.userDefinedMetadata;
  const K = classes.length;
  requireImages(validation, "the validation set", K);
  requireSize(validation, "the validation set", rows, cols);
  if (negatives !== null) requireSize(negatives, "the negatives", rows, cols);
  const model = fromArtifacts(artifacts);
  try {
    const logits = await predictLogits(model, validation, signal);
    const unknown = negatives && (await predictLogits(model, negatives, signal));
    const { labels } = validation;
    const temperature = fitTemperature(logits, labels, K);
    const before = report(logits, labels, classes);
    const after = report(scaled(logits, temperature), labels, classes);
    const scores = outlierScores(logits, K, rejection.score, temperature);
    const threshold = thresholdAt(scores, rejection.false_alarm_rate);
    const calibration = { temperature, rejection: { ...rejection, threshold } };
    return {
      model: { ...artifacts, userDefinedMetadata: { ...artifacts.userDefinedMetadata, calibration } },
      report: {
        ...calibration,
        n: labels.length,
        loss: { before: before.loss, after: after.loss },
        ece: { before: before.calibration.ece, after: after.calibration.ece },
        auroc: unknown && areaUnderRoc(scores, outlierScores(unknown, K, rejection.score, temperature)),
      },
    };
  } finally {
    model.dispose();
  }
}
