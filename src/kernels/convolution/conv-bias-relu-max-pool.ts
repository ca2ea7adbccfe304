import type { GradConfig, NamedAttrMap, NamedTensorMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "../tf.ts";
import { isPooledConvCovered, type PooledConvAttributes } from "./ConvReluMaxPool.ts";
import { convBiasRelu } from "./conv-bias-relu.ts";

/**
 * maxPool(relu(conv2d(x, filter) + bias)) with stride 1, pooled 2×2 with stride 2 and without padding.
 *
 * As one kernel where that pays (3×3 filters and at least 16 channels, a multiple of 4, on either side), with
 * gradients that skip what pooling, relu and dropout have made 0; otherwise as `convBiasRelu` and `tf.maxPool`.
 *
 * @param x      float32 [N, H, W, C]
 * @param filter float32 [FH, FW, C, K]
 * @param bias   float32 [K]
 * @returns [N, ⌊OH/2⌋, ⌊OW/2⌋, K] of the convolution's [N, OH, OW, K].
 * @throws {RangeError} when the channels or the bias do not fit.
 */
export function convBiasReluMaxPool(
  x: Tensor4D,
  filter: Tensor4D,
  bias: Tensor,
  { pad }: PooledConvAttributes,
): Tensor4D {
  const [channels, k] = filter.shape.slice(2);
  const fits = x.shape[3] === channels && bias.shape.length === 1 && bias.shape[0] === k;
  if (!fits || bias.dtype !== "float32" || !isPooledConvCovered(x, filter, pad))
    return tf.maxPool(convBiasRelu(x, filter, bias, { strides: [1, 1], pad }), 2, 2, "valid");
  const inputs = { x, filter, bias } as unknown as NamedTensorMap;
  const [pooled, which] = tf.engine().runKernel("ConvReluMaxPool", inputs, { pad }) as unknown as Tensor[];
  // The tape keeps its own reference when a gradient is requested.
  which!.dispose();
  return pooled as Tensor4D;
}

const gradient: GradConfig = {
  kernelName: "ConvReluMaxPool",
  inputsToSave: ["x", "filter"],
  outputsToSave: [true, true],
  gradFunc: (dys, saved, attributes) => {
    const [x, filter, pooled, which] = saved as [Tensor4D, Tensor4D, Tensor4D, Tensor];
    const run = (kernel: string, inputs: Record<string, Tensor>, extra: object = {}) =>
      tf.engine().runKernel(kernel, inputs, { ...attributes, ...extra } as unknown as NamedAttrMap);
    const dy = (dys as Tensor[])[0]!;
    const [dPooled, dBias] = run("ReluGradSum", { y: pooled, dy }) as unknown as [Tensor, Tensor];
    return {
      x: () => run("PooledConvBackpropInput", { dPooled, which, filter }, { inputShape: x.shape }) as Tensor,
      filter: () =>
        run("PooledConvBackpropFilter", { x, dPooled, which }, { filterShape: filter.shape }) as Tensor,
      bias: () => tf.clone(dBias),
    };
  },
};

/**
 * Registers the gradient of the kernel below `convBiasReluMaxPool`.
 *
 * @returns a function that unregisters it.
 */
export function registerConvBiasReluMaxPoolGradient(): () => void {
  tf.registerGradient(gradient);
  return () => tf.unregisterGradient("ConvReluMaxPool");
}
