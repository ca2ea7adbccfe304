import * as tf from "../../kernels/tf.ts";

/** The model's weight tensors, in the order in which they are stored. */
export function weightsIn(model: tf.Sequential): tf.LayerVariable[] {
  return model.layers.flatMap((layer) => layer.weights);
}

/** A copy of all weights, concatenated. */
export function weightsOf(model: tf.Sequential): Float32Array<ArrayBuffer> {
  const values = weightsIn(model).map((weight) => weight.read().dataSync());
  const all = new Float32Array(values.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of values) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Replaces all weights. @param values as `weightsOf` returns them; copied. */
export function setWeights(model: tf.Sequential, values: Float32Array): void {
  let offset = 0;
  for (const weight of weightsIn(model)) {
    const shape = weight.shape.map(Number);
    const size = shape.reduce((a, b) => a * b, 1);
    // A copy, because tfjs may continue to use the array that is passed to it; and a new tensor, because a weight
    // that is changed in place leaves its packed form behind.
    const part = values.slice(offset, offset + size);
    tf.tidy(() => void weight.write(tf.tensor(part, shape)));
    offset += size;
  }
}
