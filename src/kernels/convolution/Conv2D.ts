import { backend_util, type Conv2DAttrs } from "@tensorflow/tfjs-core";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { convForward } from "./conv-forward.ts";
import { isCovered } from "./geometry.ts";

/**
 * Convolution of NHWC float32 images: any stride, padding and dilation.
 *
 *   out[n,y,x,k] = Σ fh,fw,c  x[n, y·strideH + fh·dilationH − top, x·strideW + fw·dilationW − left, c] · filter[fh,fw,c,k]
 *
 * Anything else is passed to tfjs's kernel.
 */
export const conv2D: OwnKernel = {
  kernelName: "Conv2D",
  create: (context, stock) => (call) => {
    const { x, filter } = inputsOf<"x" | "filter">(call);
    const { strides, pad, dataFormat, dilations, dimRoundingMode } = attributesOf<Conv2DAttrs>(call);
    const info = backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      filter.shape as [number, number, number, number],
      strides,
      dilations,
      pad,
      dimRoundingMode,
      false,
      backend_util.convertConv2DDataFormat(dataFormat),
    );
    if (!isCovered(info, x, filter)) return fallBack(stock, call, `Conv2D of ${x.dtype} ${dataFormat}`);
    return convForward(context, info, { x, filter, bias: null });
  },
};
