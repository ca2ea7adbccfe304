import type { GradConfig, NamedAttrMap, NamedTensorMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "../tf.ts";
import { isOneChannelGradCovered } from "./OneChannelConvGrad.ts";

/** How the filter moves over an image: rows and columns per step, and zero padding or none. */
export interface ConvAttributes {
  strides: [number, number];
  pad: "valid" | "same";
}

/**
 * relu(conv2d(x, filter) + bias) as one kernel, in training too.
 *
 * `tf.fused.conv2d` runs three kernels and two more copies of the output as soon as a gradient is requested; here
 * the gradients of relu and bias are computed in one pass as well.
 *
 * @param x      float32 [N, H, W, C]
 * @param filter float32 [FH, FW, C, K]
 * @param bias   float32 [K]
 * @throws {RangeError} when the channels or the bias do not fit.
 */
export function convBiasRelu(
  x: Tensor4D,
  filter: Tensor4D,
  bias: Tensor,
  attributes: ConvAttributes,
): Tensor4D {
  const [channels, k] = filter.shape.slice(2);
  if (x.shape[3] !== channels || bias.shape.length !== 1 || bias.shape[0] !== k) {
    throw new RangeError(
      `Cannot convolve [${x.shape}] with a filter of [${filter.shape}] and a bias of [${bias.shape}]`,
    );
  }
  const attrs = { ...attributes, dataFormat: "NHWC", dilations: [1, 1], activation: "relu" };
  return tf
    .engine()
    .runKernel("FusedConv2D", { x, filter, bias } as unknown as NamedTensorMap, attrs) as Tensor4D;
}

const gradient: GradConfig = {
  kernelName: "FusedConv2D",
  inputsToSave: ["x", "filter"],
  outputsToSave: [true],
  gradFunc: (dy, saved, attributes) => {
    const [x, filter, y] = saved as [Tensor4D, Tensor4D, Tensor4D];
    const { strides, pad } = attributes as unknown as ConvAttributes;
    const run = (kernel: string, inputs: Record<string, Tensor>, extra: object = {}) =>
      tf
        .engine()
        .runKernel(kernel, inputs, { strides, pad, dataFormat: "NHWC", ...extra } as unknown as NamedAttrMap);
    if (isOneChannelGradCovered(x, { strides, pad, filterShape: filter.shape })) {
      const both = run("OneChannelConvGrad", { x, y, dy: dy as Tensor }, { filterShape: filter.shape });
      const k = filter.shape[3];
      return {
        x: () => {
          const dz = run("ReluGrad", { x: y, dy: dy as Tensor }) as Tensor;
          return run("Conv2DBackpropInput", { dy: dz, filter }, { inputShape: x.shape }) as Tensor;
        },
        filter: () => tf.reshape(tf.slice(both as Tensor, [0, 0], [9, k]), filter.shape),
        bias: () => tf.reshape(tf.slice(both as Tensor, [9, 0], [1, k]), [k]),
      };
    }
    const [dz, dBias] = run("ReluGradSum", { y, dy: dy as Tensor }) as unknown as [Tensor, Tensor];
    return {
      x: () => run("Conv2DBackpropInput", { dy: dz, filter }, { inputShape: x.shape }) as Tensor,
      filter: () => run("Conv2DBackpropFilter", { x, dy: dz }, { filterShape: filter.shape }) as Tensor,
      bias: () => tf.clone(dBias),
    };
  },
};

/**
 * Registers the gradient of `convBiasRelu`. tfjs itself never records its kernel on a tape, so nothing else uses it.
 *
 * @returns a function that unregisters it.
 */
export function registerConvBiasReluGradient(): () => void {
  tf.registerGradient(gradient);
  return () => tf.unregisterGradient("FusedConv2D");
}
