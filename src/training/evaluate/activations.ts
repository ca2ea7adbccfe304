import type { LayerActivations } from "../../domain/layer-activations.ts";
import * as tf from "../../kernels/tf.ts";
import { applyLayers } from "../model/forward.ts";

/**
 * The activations of every convolution and of every dense layer except the last, for one image. Dropout is off.
 *
 * @param image float32 [rows, cols], ink 0..1, row-major.
 */
export function activationsOf(
  model: tf.Sequential,
  image: Float32Array,
  rows: number,
  cols: number,
): LayerActivations[] {
  const found: LayerActivations[] = [];
  tf.tidy(() => {
    let value: tf.Tensor = tf.tensor4d(image, [1, rows, cols, 1]);
    model.layers.slice(0, -1).forEach((layer, i) => {
      value = applyLayers(model, i, i + 1, value, null);
      const kind = layer.getClassName();
      if (kind !== "Conv2D" && kind !== "Dense") return;
      const [, H, W, C] = kind === "Conv2D" ? value.shape : [1, 1, 1, value.size];
      const maps = kind === "Conv2D" ? tf.transpose(value, [0, 3, 1, 2]) : value;
      found.push({
        name: layer.name,
        rows: H!,
        cols: W!,
        count: C!,
        values: Float32Array.from(maps.dataSync()),
      });
    });
  });
  return found;
}
