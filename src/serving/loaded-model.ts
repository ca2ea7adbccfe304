import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import type { ModelArtifacts, ModelCalibration } from "../domain/model-artifacts.ts";
import * as tf from "../kernels/tf.ts";
import { outlierScores } from "../training/evaluate/outlier-score.ts";
import { probabilitiesOf } from "../training/evaluate/softmax.ts";
import { fromArtifacts } from "../training/model/artifacts.ts";
import { logits } from "../training/model/forward.ts";
import { requireImageSize } from "./check-shapes.ts";
import { type Explained, explainImage } from "./explanation.ts";

/** A model's outputs for N images. */
interface ModelOutputs {
  /** float32 [N, K], row-major: the probability of each class, at the model's temperature. */
  probabilities: Float32Array;
  /** float64 [N], higher for more unusual images; null for a model that was never calibrated. */
  outlierScores: Float64Array | null;
}

/** A model whose weights are in the memory of tfjs until `dispose`. */
export interface LoadedModel {
  /** The label of each output, in order. */
  readonly classes: readonly string[];
  /** Outlier scores above it are flagged; infinite for a model that was never calibrated. */
  readonly outlierThreshold: number;
  /** Classifies images. @param images uint8 [784] each, ink 255 on 0; they are divided by 255 as in training. */
  classify(images: readonly Uint8Array[]): ModelOutputs;
  /** Explains what in an image supports one class. @param label its index. */
  explain(image: Uint8Array, label: number): Explained;
  dispose(): void;
}

/**
 * Loads a model's weights into the memory of tfjs.
 *
 * @throws {ModelLoadError} when the artifacts are damaged, or the model's input is not 28x28 px.
 */
export function loadModel(artifacts: ModelArtifacts): LoadedModel {
  const model = fromArtifacts(artifacts);
  const { classes, rows, cols, calibration } = artifacts.userDefinedMetadata;
  try {
    requireImageSize(rows, cols);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return {
    classes: [...classes],
    outlierThreshold: calibration?.rejection.threshold ?? Number.POSITIVE_INFINITY,
    classify: (images) => outputsOf(run(model, images), classes.length, calibration),
    explain: (image, label) => explainImage(model, image, label),
    dispose: () => void model.dispose(),
  };
}

function outputsOf(logits: Float32Array, K: number, calibration: ModelCalibration | undefined): ModelOutputs {
  const temperature = calibration?.temperature ?? 1;
  return {
    probabilities: probabilitiesOf(logits, K, temperature),
    outlierScores: calibration ? outlierScores(logits, K, calibration.rejection.score, temperature) : null,
  };
}

/** float32 [N, K]: logits, because a saturated softmax hides how unusual an image is. */
function run(model: tf.Sequential, images: readonly Uint8Array[]): Float32Array {
  // The backend computes on this thread, so `data()` would have nothing to wait for.
  return tf.tidy(() => logits(model, toTensor(images), null).dataSync() as Float32Array);
}

/** float32 [N, 28, 28, 1], 0..1. */
function toTensor(images: readonly Uint8Array[]): tf.Tensor4D {
  const values = new Float32Array(images.length * IMAGE_PIXELS);
  images.forEach((image, n) => {
    for (let i = 0; i < IMAGE_PIXELS; i++) values[n * IMAGE_PIXELS + i] = image[i]! / 255;
  });
  return tf.tensor4d(values, [images.length, IMAGE_ROWS, IMAGE_COLS, 1]);
}
