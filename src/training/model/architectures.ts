import { UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import type { LayerSpec, NetworkSpec } from "./layer-spec.ts";

/**
 * The networks that can be trained from scratch, by their name in parameters.yml. Layer names are fixed, because
 * `tuning_layer` and stored models refer to them. `K` is the number of classes.
 */
const ARCHITECTURES: Readonly<Record<string, (K: number) => LayerSpec[]>> = {
  /**
   * Two convolutions, pooling, two more, pooling: 197,482 weights for ten classes and 9.9 million multiplications per
   * image, a sixth of the weights and four fifths of the multiplications of Keras's example.
   */
  tegaki_cnn: (K) => [
    conv("conv_1", 32),
    conv("conv_2", 32),
    pool("pool_1"),
    conv("conv_3", 64),
    conv("conv_4", 64),
    pool("pool_2"),
    { type: "Dropout", name: "dropout_1", rate: 0.1 },
    { type: "Flatten", name: "flatten" },
    { type: "Dense", name: "dense", units: 128, activation: "relu" },
    { type: "Dropout", name: "dropout_2", rate: 0.3 },
    { type: "Dense", name: "predictions", units: K, activation: "softmax" },
  ],
  /** The CNN of Keras's MNIST example: 1,199,882 weights for ten classes. */
  keras_mnist_cnn: (K) => [
    conv("conv_1", 32),
    conv("conv_2", 64),
    pool("pool"),
    { type: "Dropout", name: "dropout_1", rate: 0.25 },
    { type: "Flatten", name: "flatten" },
    { type: "Dense", name: "dense", units: 128, activation: "relu" },
    { type: "Dropout", name: "dropout_2", rate: 0.5 },
    { type: "Dense", name: "predictions", units: K, activation: "softmax" },
  ],
};

/** @throws {UsageError} listing the known names when `name` is not one of them. */
export function architecture(name: string, rows: number, cols: number, K: number): NetworkSpec {
  const layers = Object.hasOwn(ARCHITECTURES, name) ? ARCHITECTURES[name] : undefined;
  if (layers === undefined) {
    const names = Object.keys(ARCHITECTURES);
    const hint = didYouMean(name, names);
    throw new UsageError(`Unknown architecture "${name}": expected one of ${names.join(", ")}${hint}`);
  }
  return { rows, cols, layers: layers(K) };
}

function conv(name: string, filters: number): LayerSpec {
  return {
    type: "Conv2D",
    name,
    filters,
    kernelSize: [3, 3],
    strides: [1, 1],
    padding: "valid",
    activation: "relu",
  };
}

function pool(name: string): LayerSpec {
  return { type: "MaxPooling2D", name, poolSize: [2, 2], strides: [2, 2], padding: "valid" };
}
