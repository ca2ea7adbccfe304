import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { attributesOf, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { splitIntoGroups, sumSlots } from "../slot-sums.ts";
import { forwardGeometry, isCovered } from "./geometry.ts";
import { isOneChannel, oneChannelConvGradient } from "./one-channel-conv.ts";

interface OneChannelConvGradAttributes {
  strides: [number, number];
  pad: "valid" | "same";
  filterShape: [number, number, number, number];
}

/** Returns whether `OneChannelConvGrad` covers the gradients of `convBiasRelu` for these. */
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
    const { groups, perGroup } = splitIntoGroups(geometry.batch);
    context.withTemporary(4 * groups * size, (partial) => {
      const [input, outputs, gradients] = [context.pointer(x), context.pointer(y), context.pointer(dy)];
      oneChannelConvGradient(context, geometry, { input, y: outputs, dy: gradients, partial }, perGroup);
      sumSlots(context, { partial, slots: groups, size, out: context.pointer(out) });
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
