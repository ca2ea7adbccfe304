import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import type { LayerActivations } from "../domain/layer-activations.ts";
import type * as tf from "../kernels/tf.ts";
import { activationsOf } from "../training/evaluate/activations.ts";
import { saliencyOf } from "../training/evaluate/saliency.ts";

/** Why a model says what it says of one image. */
export interface Explained {
  /** float32 [784]: what more ink at each pixel would do to the logit of the class. */
  saliency: Float32Array;
  layers: LayerActivations[];
}

/** @param image uint8 [784], ink 255 on 0. @param label the class that is explained, by its index. */
export function explainImage(model: tf.Sequential, image: Uint8Array, label: number): Explained {
  const values = Float32Array.from({ length: IMAGE_PIXELS }, (_, i) => image[i]! / 255);
  return {
    saliency: saliencyOf(model, values, IMAGE_ROWS, IMAGE_COLS, label),
    layers: activationsOf(model, values, IMAGE_ROWS, IMAGE_COLS),
  };
}
