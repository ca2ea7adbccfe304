import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { attributesOf, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { SPAN } from "../wasm/sizes.ts";
import { forwardGeometry, isCovered } from "./conv-forward.ts";
import { isOneChannel, oneChannelConvGradient } from "./one-channel-conv.ts";

export interface OneChannelConvGradAttributes {
  strides: [number, number];
  pad: "valid" | "same";
  filterShape: [number, number, number, number];
}

/** Images are summed in this many groups at most, whatever the number of threads, so that results do not depend on it. */
const MAX_GROUPS = 16;

/** Whether `OneChannelConvGrad` covers the gradients of `convBiasRelu` for these. */
export function isOneChannelGradCovered(x: TensorInfo, attributes: OneChannelConvGradAttributes): boolean {
  const info = convInfo(x, attributes);
  return isCovered(info, x) && isOneChannel(forwardGeometry(info));
}

/**
 * The gradients of filter and bias of a convolution with relu, of images of one channel, in one pass; float32.
 *
 * Inputs: `x` [N, H, W, 1], relu's output `y` and its gradient `dy` [N, OH, OW, K].
 * @returns both in one tensor [10, K]: the filter's nine taps, then the bias.
 */
export const oneChannelConvGrad: OwnKernel = {
  kernelName: "OneChannelConvGrad",
  create: (context) => (call) => {
    const { x, y, dy } = inputsOf<"x" | "y" | "dy">(call);
    const geometry = forwardGeometry(convInfo(x, attributesOf<OneChannelConvGradAttributes>(call)));
    const size = 10 * geometry.output.channels;
    const out = context.output([10, geometry.output.channels]);
    const perGroup = Math.ceil(geometry.batch / Math.min(geometry.batch, MAX_GROUPS));
    const groups = Math.ceil(geometry.batch / perGroup);
    context.withTemporary(4 * groups * size, (partial) => {
      const [input, outputs, gradients] = [context.pointer(x), context.pointer(y), context.pointer(dy)];
      oneChannelConvGradient(context, geometry, { input, y: outputs, dy: gradients, partial }, perGroup);
      context.pool.run("sumSlots", Math.ceil(size / SPAN), [partial, groups, size, context.pointer(out)]);
    });
    return out;
  },
};

function convInfo(x: TensorInfo, { strides, pad, filterShape }: OneChannelConvGradAttributes) {
  return backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    strides,
    1,
    pad,
  );
}
