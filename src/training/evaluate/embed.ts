import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { extractFeatures, logitsOfFeatures } from "../caches/features.ts";
import { unpackRow } from "../caches/sparse-row.ts";
import { requireSize } from "../image-set.ts";
import { fromArtifacts } from "../model/artifacts.ts";
import type { Embedded } from "../training.ts";
import { probabilitiesOf } from "./softmax.ts";

/**
 * Computes the inputs of a model's last layer for each image, and from them its calibrated probabilities. Labels are not
 * looked at.
 *
 * @throws {ModelLoadError} when the model is damaged.
 * @throws {RangeError} when the images do not have the model's size.
 * @throws the signal's reason when it is aborted.
 */
export async function embed(
  artifacts: ModelArtifacts,
  set: ImageSet,
  signal?: AbortSignal,
): Promise<Embedded> {
  const model = fromArtifacts(artifacts);
  try {
    const { classes, rows, cols, calibration } = artifacts.userDefinedMetadata;
    requireSize(set, "the image set", rows, cols);
    const cut = model.layers.length - 1;
    const outputs = await extractFeatures(model, cut, set, null, signal);
    const width = outputs.shape.reduce((a, b) => a * b, 1);
    const features = new Float32Array(set.labels.length * width);
    outputs.rows.forEach((row, n) => {
      unpackRow(row, width, features, n * width);
    });
    const logits = await logitsOfFeatures(model, cut, outputs, signal);
    const probabilities = probabilitiesOf(logits, classes.length, calibration?.temperature ?? 1);
    return { features, width, probabilities };
  } finally {
    model.dispose();
  }
}
