import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import type { LayerActivations } from "../domain/layer-activations.ts";
import type * as tf from "../kernels/tf.ts";
import { activationsOf } from "../training/evaluate/activations.ts";
import { saliencyOf } from "../training/evaluate/saliency.ts";

/** An explanation of a model's output for one image. */
export interface Explained {
  /** float32 [784]: the effect of more ink at each pixel on the logit of the class. */
  saliency: Float32Array;
  /** The activations of each layer, in order. */
  layers: LayerActivations[];
}

/** Explains one class. @param image uint8 [784], ink 255 on 0. @param label index of the class to explain. */
export function explainImage(model: tf.Sequential, image: Uint8Array, label: number): Explained {
  const values = Float32Array.from({ length: IMAGE_PIXELS }, (_, i) => image[i]! / 255);
  return {
    saliency: saliencyOf(model, values, IMAGE_ROWS, IMAGE_COLS, label),
    layers: activationsOf(model, values, IMAGE_ROWS, IMAGE_COLS),
  };
}
