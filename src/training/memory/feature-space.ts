import type * as tf from "../../kernels/tf.ts";
import { featureLayers } from "../model/forward.ts";

/**
 * Names the space that a model's features are in: SHA-256 over its layers and weights before the dense ones. Features of
 * two models can be compared when they are in the same space; a model that is fine-tuned over frozen convolutions stays in
 * that of the model it started from.
 *
 * @returns lower-case hex.
 */
export function featureSpaceOf(model: tf.Sequential): string {
  const hash = new Bun.CryptoHasher("sha256");
  for (const layer of model.layers.slice(0, featureLayers(model))) {
    hash.update(JSON.stringify([layer.getClassName(), layer.getConfig()]));
    for (const weight of layer.weights) hash.update(weight.read().dataSync());
  }
  return hash.digest("hex");
}
