import {
  type ConvAttributes,
  convBiasRelu,
  convBiasReluMaxPool,
  denseRelu,
} from "../../kernels/own-operations.ts";
import * as tf from "../../kernels/tf.ts";

/** Returns `x` with some values set to zero and the others scaled up to compensate. */
export type Dropout = (x: tf.Tensor, rate: number) => tf.Tensor;

/**
 * Returns the logits of a batch: applies every layer in order, but the last one without its softmax, so that the loss
 * can be computed from logits (a saturated softmax loses the gradient).
 *
 * The caller disposes of intermediate tensors: run it in `tf.tidy` or under a gradient.
 *
 * @param model a chain of layers that ends in Dense with softmax.
 * @param x     float32 [N, rows, cols, 1], ink 0..1; or the outputs of the first `from` layers.
 * @param dropout what Dropout layers do; null disables them, as in inference.
 * @param from  the first layer to apply, before the last one.
 * @returns float32 [N, K].
 */
export function logits(model: tf.Sequential, x: tf.Tensor, dropout: Dropout | null, from = 0): tf.Tensor2D {
  const value = applyLayers(model, from, model.layers.length - 1, x, dropout);
  const [kernel, bias] = weightsOf(model.layers.at(-1)!);
  return tf.add(tf.matMul(value as tf.Tensor2D, kernel as tf.Tensor2D), bias!);
}

/**
 * Returns the number of layers before the dense ones: the output of these layers, one row per image, are the features of
 * an image. They are what fine-tuning with the defaults leaves as it is.
 *
 * @param model a chain of layers with a Flatten layer, as every model has that was read or created here.
 */
export function featureLayers(model: tf.Sequential): number {
  return model.layers.findLastIndex((layer) => layer.getClassName() === "Flatten") + 1;
}

/** Applies the layers from `from` up to, but not including, `to`. The caller disposes of tensors, as with `logits`. */
export function applyLayers(
  model: tf.Sequential,
  from: number,
  to: number,
  x: tf.Tensor,
  dropout: Dropout | null,
): tf.Tensor {
  const layers = model.layers.slice(from, to);
  let value = x;
  for (const [i, layer] of layers.entries()) {
    // Already computed together with the convolution before it.
    if (i > 0 && isPooledConv(layers[i - 1]!, layer)) continue;
    const next = layers[i + 1];
    value =
      next !== undefined && isPooledConv(layer, next)
        ? convBiasReluMaxPool(value as tf.Tensor4D, ...convWeights(layer), {
            pad: layer.getConfig().padding as "valid",
          })
        : apply(layer, value, dropout);
  }
  return value;
}

type Layer = tf.Sequential["layers"][number];

function apply(layer: Layer, x: tf.Tensor, dropout: Dropout | null): tf.Tensor {
  const kind = layer.getClassName();
  const config = configOf(layer);
  if (kind === "Dropout") return dropout === null ? x : dropout(x, config.rate as number);
  if (kind === "Conv2D" && config.activation === "relu") {
    // One kernel forward and one pass backward, where the layer itself needs three, and copies.
    const attributes = { strides: config.strides, pad: config.padding } as ConvAttributes;
    return convBiasRelu(x as tf.Tensor4D, ...convWeights(layer), attributes);
  }
  if (kind === "Dense" && config.activation === "relu") {
    const [kernel, bias] = weightsOf(layer);
    return denseRelu(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D);
  }
  return layer.apply(x) as tf.Tensor;
}

/** Whether `convBiasReluMaxPool` computes a layer and the next: relu, stride 1, then 2×2 pooling with stride 2. */
function isPooledConv(layer: Layer, next: Layer): boolean {
  if (layer.getClassName() !== "Conv2D" || next.getClassName() !== "MaxPooling2D") return false;
  const conv = configOf(layer);
  const pool = configOf(next);
  const isEach = (sizes: unknown, size: number) => [sizes].flat().every((value) => value === size);
  return (
    conv.activation === "relu" &&
    isEach(conv.strides, 1) &&
    isEach(pool.poolSize, 2) &&
    isEach(pool.strides, 2) &&
    pool.padding === "valid"
  );
}

function convWeights(layer: Layer): [filter: tf.Tensor4D, bias: tf.Tensor] {
  const [filter, bias] = weightsOf(layer);
  return [filter as tf.Tensor4D, bias!];
}

function weightsOf(layer: Layer): tf.Tensor[] {
  return partsOf(layer).weights.map((weight) => weight.read());
}

function configOf(layer: Layer): Config {
  return partsOf(layer).config;
}

type Config = ReturnType<Layer["getConfig"]>;

/** A layer's config and variables, which never change: tfjs lists them again for each call, which takes 60 µs an image. */
const parts = new WeakMap<Layer, { config: Config; weights: Layer["weights"] }>();

function partsOf(layer: Layer) {
  const known = parts.get(layer);
  if (known !== undefined) return known;
  const found = { config: layer.getConfig(), weights: layer.weights };
  parts.set(layer, found);
  return found;
}
