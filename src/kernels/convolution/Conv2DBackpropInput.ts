import type { Conv2DBackpropInputAttrs } from "@tensorflow/tfjs-core";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { packedBytes } from "../packed-matrix.ts";
import { TILE_COLS } from "../wasm/shared-sizes.ts";
import { directConv } from "./direct-conv.ts";
import { convInfo, isCovered, type PatchGeometry } from "./geometry.ts";
import { isWorthwhile, winogradConv } from "./winograd.ts";

/**
 * The gradient of a convolution's input: dy, dilated by the stride, convolved with the filter rotated by 180°.
 *
 *   dx[n,h,w,c] = Σ fh,fw,k  dy[n, (h + top − fh)/strideH, (w + left − fw)/strideW, k] · filter[fh,fw,c,k]
 *
 * over whole positions inside dy. Any stride and padding; no dilation (tfjs supports none here); NHWC float32.
 */
export const conv2DBackpropInput: OwnKernel = {
  kernelName: "Conv2DBackpropInput",
  create: (context, stock) => (call) => {
    const { dy, filter } = inputsOf<"dy" | "filter">(call);
    const attributes = attributesOf<Conv2DBackpropInputAttrs>(call);
    const { dataFormat, inputShape } = attributes;
    const info = convInfo(inputShape, filter.shape, attributes);
    if (!isCovered(info, dy, filter))
      return fallBack(stock, call, `Conv2DBackpropInput of ${dy.dtype} ${dataFormat}`);
    const out = context.output(info.inShape);
    const geometry: PatchGeometry = {
      batch: info.batchSize,
      input: { height: info.outHeight, width: info.outWidth, channels: info.outChannels },
      output: { height: info.inHeight, width: info.inWidth, channels: info.inChannels },
      filter: { height: info.filterHeight, width: info.filterWidth },
      stride: { height: 1, width: 1 },
      dilation: { height: 1, width: 1 },
      up: { height: info.strideHeight, width: info.strideWidth },
      top: info.filterHeight - 1 - info.padInfo.top,
      left: info.filterWidth - 1 - info.padInfo.left,
    };
    const pointers = { input: context.pointer(dy), output: context.pointer(out) };
    const isStride1 = info.strideHeight === 1 && info.strideWidth === 1;
    if (isStride1 && isWorthwhile(geometry)) {
      const low = Number.NEGATIVE_INFINITY;
      winogradConv(context, geometry, filter, { ...pointers, bias: 0 }, { flipped: true, low });
      return out;
    }
    const taps = info.filterHeight * info.filterWidth;
    context.withTemporary(packedBytes(taps * info.outChannels, info.inChannels), (packed) => {
      context.pool.run("packFlipped", {
        chunks: Math.ceil(info.inChannels / TILE_COLS),
        args: {
          to: packed,
          filter: context.pointer(filter),
          taps,
          channels: info.inChannels,
          outChannels: info.outChannels,
        },
      });
      directConv(context, geometry, { ...pointers, packed });
    });
    return out;
  },
};
