import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import type { ModelArtifacts, ModelCalibration } from "../domain/model-artifacts.ts";
import * as tf from "../kernels/tf.ts";
import { outlierScores } from "../training/evaluate/outlier-score.ts";
import { probabilitiesOf } from "../training/evaluate/softmax.ts";
import { featureSpaceOf } from "../training/memory/feature-space.ts";
import { featureSpread } from "../training/memory/feature-spread.ts";
import { fromArtifacts } from "../training/model/artifacts.ts";
import { applyLayers, featureLayers, logits } from "../training/model/forward.ts";
import { checkDigits } from "./check-digits.ts";
import { requireImageSize } from "./check-shapes.ts";
import { type Explained, explainImage } from "./explanation.ts";

/** A model's outputs for N images. */
export interface ModelOutputs {
  /** float32 [N, K], row-major: the probability of each class, at the model's temperature. */
  probabilities: Float32Array;
  /** float64 [N], higher for more unusual images; null for a model that was never calibrated. */
  outlierScores: Float64Array | null;
}

/** The direct outputs of a model for N images. */
interface RawOutputs {
  /** float32 [N, K], row-major. */
  logits: Float32Array;
  /** float32 [N, `features.width`], row-major; null when not requested. */
  features: Float32Array | null;
}

/** The features of images: the outputs of the layers before the dense ones. */
export interface FeatureSpace {
  /** Equal for models whose features can be compared. */
  readonly space: string;
  /** Number of features of an image. */
  readonly width: number;
  /** The unit of distance, see `featureSpread`. */
  readonly spread: number;
}

/** A model whose weights are in the memory of tfjs until `dispose`. */
export interface LoadedModel {
  /** The label of each output, in order. */
  readonly classes: readonly string[];
  /** Outlier scores above it are flagged; infinite for a model that was never calibrated. */
  readonly outlierThreshold: number;
  /** The divisor of logits. */
  readonly temperature: number;
  readonly features: FeatureSpace;
  /** Its outputs for the check digits, from when it was loaded. */
  readonly ofCheckDigits: ModelOutputs;
  /** Classifies images. @param images uint8 [784] each, ink 255 on 0; they are divided by 255 as in training. */
  classify(images: readonly Uint8Array[]): ModelOutputs;
  /** The first half of `classify`. */
  run(images: readonly Uint8Array[], withFeatures: boolean): RawOutputs;
  /** The second half of `classify`. @param logits float32 [N, K]. */
  outputsOf(logits: Float32Array): ModelOutputs;
  /** Explains what in an image supports one class. @param label its index. */
  explain(image: Uint8Array, label: number): Explained;
  dispose(): void;
}

let loadedMs = 0;

/** Milliseconds that this thread has spent in `loadModel`, in which it could do nothing else. */
export function loadingMs(): number {
  return loadedMs;
}

/**
 * Loads a model's weights into the memory of tfjs.
 *
 * @throws {ModelLoadError} when the artifacts are damaged, or the model's input is not 28x28 px.
 */
export function loadModel(artifacts: ModelArtifacts): LoadedModel {
  const startMs = performance.now();
  try {
    return loadNow(artifacts);
  } finally {
    loadedMs += performance.now() - startMs;
  }
}

function loadNow(artifacts: ModelArtifacts): LoadedModel {
  const model = fromArtifacts(artifacts);
  const { classes, rows, cols, calibration } = artifacts.userDefinedMetadata;
  try {
    requireImageSize(rows, cols);
  } catch (error) {
    model.dispose();
    throw error;
  }
  const outputs = (all: Float32Array) => outputsOf(all, classes.length, calibration);
  // Also warms up the model: its first batch packs weights and is slower than the rest.
  const digits = run(
    model,
    checkDigits().map(({ pixels }) => pixels),
    true,
  );
  return {
    classes: [...classes],
    outlierThreshold: calibration?.rejection.threshold ?? Number.POSITIVE_INFINITY,
    temperature: calibration?.temperature ?? 1,
    features: spaceOf(model, digits.features!),
    ofCheckDigits: outputs(digits.logits),
    classify: (images) => outputs(run(model, images, false).logits),
    run: (images, withFeatures) => run(model, images, withFeatures),
    outputsOf: outputs,
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

/** Logits, because a saturated softmax hides how unusual an image is. */
function run(model: tf.Sequential, images: readonly Uint8Array[], withFeatures: boolean): RawOutputs {
  const cut = featureLayers(model);
  // The backend computes on this thread, so `data()` would have nothing to wait for.
  let outputs: RawOutputs | null = null;
  tf.tidy(() => {
    const features = applyLayers(model, 0, cut, toTensor(images), null);
    outputs = {
      logits: logits(model, features, null, cut).dataSync() as Float32Array,
      features: withFeatures ? (features.dataSync() as Float32Array) : null,
    };
  });
  return outputs!;
}

/**
 * The unit of distance is measured on the check digits, so that it depends on nothing but the model.
 * @param features of the check digits.
 */
function spaceOf(model: tf.Sequential, features: Float32Array): FeatureSpace {
  const digits = checkDigits();
  const width = features.length / digits.length;
  const rows = digits.map((_, n) => features.subarray(n * width, (n + 1) * width));
  return { space: featureSpaceOf(model), width, spread: featureSpread(rows) };
}

/** float32 [N, 28, 28, 1], 0..1. */
function toTensor(images: readonly Uint8Array[]): tf.Tensor4D {
  const values = new Float32Array(images.length * IMAGE_PIXELS);
  images.forEach((image, n) => {
    for (let i = 0; i < IMAGE_PIXELS; i++) values[n * IMAGE_PIXELS + i] = image[i]! / 255;
  });
  return tf.tensor4d(values, [images.length, IMAGE_ROWS, IMAGE_COLS, 1]);
}
