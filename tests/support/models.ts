import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import { checkDigits } from "../../src/serving/check-digits.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const PIXELS = 784;

/**
 * A real model that needs no training: one Dense layer whose weights for a class are that check digit's image,
 * centred and scaled, so that the softmax prefers the digit that overlaps most. It classifies all ten check digits correctly.
 *
 * @param sharpness how confident it is; models with different values give different probabilities.
 */
export function templateModel(sharpness = 20): ModelArtifacts {
  const kernel = new Float32Array(PIXELS * DIGITS.length);
  checkDigits().forEach(({ pixels }, k) => {
    const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / PIXELS;
    const norm = Math.hypot(...[...pixels].map((pixel) => pixel - mean));
    pixels.forEach((pixel, i) => {
      kernel[i * DIGITS.length + k] = (sharpness * (pixel - mean)) / norm;
    });
  });
  return denseModel(kernel, new Float32Array(DIGITS.length));
}

/** One Dense layer with softmax on the flattened image. @param kernel float32 [784, 10], row-major. @param bias [10]. */
export function denseModel(kernel: Float32Array, bias: Float32Array): ModelArtifacts {
  const weights = new Float32Array(kernel.length + bias.length);
  weights.set(kernel);
  weights.set(bias, kernel.length);
  return {
    format: "layers-model",
    generatedBy: "tests",
    modelTopology: { class_name: "Sequential", config: { name: "template", layers: LAYERS } },
    weightSpecs: [
      { name: "predictions/kernel", shape: [PIXELS, DIGITS.length], dtype: "float32" },
      { name: "predictions/bias", shape: [DIGITS.length], dtype: "float32" },
    ],
    weightData: weights.buffer,
    userDefinedMetadata: {
      classes: DIGITS,
      rows: 28,
      cols: 28,
      preprocessing: 1,
      architecture: "template",
      seed: 0,
      threads: 1,
    },
  };
}

const LAYERS = [
  { class_name: "Flatten", config: { name: "flatten", batch_input_shape: [null, 28, 28, 1] } },
  { class_name: "Dense", config: { name: "predictions", units: DIGITS.length, activation: "softmax" } },
];
