import * as tf from "../../kernels/tf.ts";
import type { Random } from "../../lib/random.ts";
import type { LayerSpec, NetworkSpec } from "./layer-spec.ts";

/**
 * Creates the layers model of a network, with one input [N, rows, cols, 1] of ink 0..1 and softmax outputs [N, K].
 *
 * @param random decides the initial weights: Glorot uniform kernels, as in Keras, and zero biases; each layer draws
 *   from its own stream. Null sets all weights to zero, for the caller to replace.
 * @returns a model that owns its weights: dispose of it.
 */
export function createModel(network: NetworkSpec, random: Random | null): tf.Sequential {
  // Named, because tfjs would otherwise number its models, and the same training must give the same bytes.
  const model = tf.sequential({ name: "digits" });
  network.layers.forEach((layer, i) => {
    const inputShape = i === 0 ? { inputShape: [network.rows, network.cols, 1] } : {};
    model.add(createLayer(layer, random, inputShape));
  });
  return model;
}

function createLayer(layer: LayerSpec, random: Random | null, inputShape: { inputShape?: number[] }) {
  const { type, ...spec } = layer;
  const kernelInitializer = () =>
    random === null
      ? tf.initializers.zeros()
      : tf.initializers.glorotUniform({ seed: random.fork(layer.name).int(0x7fffffff) });
  const args = { ...mutable(spec), ...inputShape };
  switch (type) {
    case "Conv2D":
      return tf.layers.conv2d({ ...args, kernelInitializer: kernelInitializer() } as never);
    case "MaxPooling2D":
      return tf.layers.maxPooling2d(args as never);
    case "Dropout":
      return tf.layers.dropout(args as never);
    case "Flatten":
      return tf.layers.flatten(args as never);
    case "Dense":
      return tf.layers.dense({ ...args, kernelInitializer: kernelInitializer() } as never);
  }
}

/** A copy: tfjs keeps and changes the arrays that are passed to it. */
function mutable(spec: object): object {
  return structuredClone(spec);
}
