import type { Conv2DBackpropFilterAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelContext } from "../kernel-context.ts";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { splitIntoGroups, sumSlots } from "../slot-sums.ts";
import { A_STEP, B_STEP, EDGE_BYTES, K_BLOCK, TILE_COLS } from "../wasm/shared-sizes.ts";
import { type ConvInfo, convInfo, forwardGeometry, isCovered } from "./geometry.ts";
import { isWorthwhile, winogradFilterGradient } from "./winograd.ts";

/** Upper limit of the memory of all groups' partial sums. */
const MAX_PARTIAL_BYTES = 64 << 20;

/**
 * The gradient of a convolution's filter, which tfjs's wasm backend lacks.
 *
 *   dFilter[fh,fw,c,k] = Σ n,y,x  x[n, y·strideH + fh − top, x·strideW + fw − left, c] · dy[n,y,x,k]
 *
 * Any stride and padding; no dilation (tfjs supports none here); NHWC float32. Throws a RangeError otherwise.
 */
export const conv2DBackpropFilter: OwnKernel = {
  kernelName: "Conv2DBackpropFilter",
  create: (context, stock) => (call) => {
    const { x, dy } = inputsOf<"x" | "dy">(call);
    const attributes = attributesOf<Conv2DBackpropFilterAttrs>(call);
    const { dataFormat, filterShape } = attributes;
    const info = convInfo(x.shape, filterShape, attributes);
    if (!isCovered(info, x, dy))
      return fallBack(stock, call, `Conv2DBackpropFilter of ${x.dtype} ${dataFormat}`);
    return filterGradient(context, info, x, dy);
  },
};

function filterGradient(context: KernelContext, info: ConvInfo, x: TensorInfo, dy: TensorInfo): TensorInfo {
  const size = info.filterHeight * info.filterWidth * info.inChannels * info.outChannels;
  const out = context.output(info.filterShape);
  const room = Math.max(1, Math.floor(MAX_PARTIAL_BYTES / (4 * size)));
  const { groups, perGroup } = splitIntoGroups(info.batchSize, room);
  const geometry = forwardGeometry(info);
  context.withTemporary(groups * size * 4, (partial) => {
    const pointers = { input: context.pointer(x), dy: context.pointer(dy), partial };
    if (isWorthwhile(geometry)) winogradFilterGradient(context, geometry, pointers, perGroup);
    else directFilterGradient(context, info, pointers, perGroup);
    sumSlots(context, { partial, slots: groups, size, out: context.pointer(out) });
  });
  return out;
}

function directFilterGradient(
  context: KernelContext,
  info: ConvInfo,
  pointers: { input: number; dy: number; partial: number },
  imagesAGroup: number,
): void {
  const steps = Math.max(info.outWidth, K_BLOCK);
  context.pool.run("convFilterGradient", {
    chunks: Math.ceil(info.batchSize / imagesAGroup),
    scratchBytes: steps * A_STEP + EDGE_BYTES + steps * B_STEP * Math.ceil(info.outChannels / TILE_COLS),
    args: {
      input: pointers.input,
      height: info.inHeight,
      width: info.inWidth,
      channels: info.inChannels,
      dy: pointers.dy,
      outHeight: info.outHeight,
      outWidth: info.outWidth,
      outChannels: info.outChannels,
      filterHeight: info.filterHeight,
      filterWidth: info.filterWidth,
      strideHeight: info.strideHeight,
      strideWidth: info.strideWidth,
      top: info.padInfo.top,
      left: info.padInfo.left,
      partial: pointers.partial,
      imagesAChunk: imagesAGroup,
      batch: info.batchSize,
    },
  });
}
