import type { FusedConv2DAttrs } from "@tensorflow/tfjs-core";
import { LOWER_BOUND } from "../lower-bound.ts";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { convForward } from "./conv-forward.ts";
import { convInfo, isCovered } from "./geometry.ts";

/**
 * Convolution, bias and activation in one pass: `Conv2D` with a bias of [K] or none, linear or relu.
 * Other activations, and biases of another shape, are passed to tfjs's kernel.
 */
export const fusedConv2D: OwnKernel = {
  kernelName: "FusedConv2D",
  create: (context, stock) => (call) => {
    const { x, filter, bias } = inputsOf<"x" | "filter" | "bias">(call);
    const attributes = attributesOf<FusedConv2DAttrs>(call);
    const { dataFormat, activation } = attributes;
    const info = convInfo(x.shape, filter.shape, attributes);
    const low = LOWER_BOUND[activation];
    const isBiasCovered =
      bias == null ||
      (bias.dtype === "float32" && bias.shape.length === 1 && bias.shape[0] === info.outChannels);
    if (low === undefined || !isBiasCovered || !isCovered(info, x, filter)) {
      return fallBack(stock, call, `FusedConv2D of ${x.dtype} ${dataFormat} with ${activation}`);
    }
    return convForward(context, info, { x, filter, bias: bias ?? null }, low);
  },
};
