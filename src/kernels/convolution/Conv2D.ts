import type { Conv2DAttrs } from "@tensorflow/tfjs-core";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { convForward } from "./conv-forward.ts";
import { convInfo, isCovered } from "./geometry.ts";

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
    const attributes = attributesOf<Conv2DAttrs>(call);
    const { dataFormat } = attributes;
    const info = convInfo(x.shape, filter.shape, attributes);
    if (!isCovered(info, x, filter)) return fallBack(stock, call, `Conv2D of ${x.dtype} ${dataFormat}`);
    return convForward(context, info, { x, filter, bias: null });
  },
};
