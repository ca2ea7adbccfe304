import * as tf from "../../kernels/tf.ts";
import { logits } from "../model/forward.ts";

/**
 * How much each pixel's ink supports one class: the gradient of the class's logit with respect to the image.
 *
 *   saliency[i] = ∂ logits(x)[label] / ∂ x[i]
 *
 * Positive: more ink there would raise the logit. The gradient is local: it may differ for a changed image.
 * Source: Simonyan, Vedaldi, Zisserman, Deep Inside Convolutional Networks (2013), section 3.
 *
 * @param image float32 [rows, cols], ink 0..1, row-major.
 * @param label the class, an integer in [0, K).
 * @returns float32 [rows, cols], in logits per full pixel of ink.
 */
export function saliencyOf(
  model: tf.Sequential,
  image: Float32Array,
  rows: number,
  cols: number,
  label: number,
): Float32Array {
  return tf.tidy(() => {
    const x = tf.tensor4d(image, [1, rows, cols, 1]);
    const logitOf = (input: tf.Tensor) =>
      tf.sum(tf.slice(logits(model, input, null), [0, label], [1, 1])) as tf.Scalar;
    return Float32Array.from(tf.grad(logitOf)(x).dataSync());
  });
}
