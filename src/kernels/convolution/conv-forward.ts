import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelContext } from "../kernel-context.ts";
import { packedBytes, packMatrix } from "../packed-matrix.ts";
import { directConv } from "./direct-conv.ts";
import { type ConvInfo, forwardGeometry } from "./geometry.ts";
import { isOneChannel, oneChannelConv } from "./one-channel-conv.ts";
import { isWorthwhile, winogradConv } from "./winograd.ts";

/**
 * out = max(low, conv(x, filter) + bias), any stride, padding and dilation, by the fastest kernel that covers it.
 *
 * @param tensors float32 `x` [N, H, W, C], `filter` [FH, FW, C, K], `bias` [K] or null.
 * @param low lower bound of the result: 0 for relu, −∞ for none.
 * @returns a new tensor [N, OH, OW, K].
 * @throws {RangeError} when the heap has no room.
 */
export function convForward(
  context: KernelContext,
  info: ConvInfo,
  tensors: { x: TensorInfo; filter: TensorInfo; bias: TensorInfo | null },
  low = Number.NEGATIVE_INFINITY,
): TensorInfo {
  const out = context.output(info.outShape);
  const geometry = forwardGeometry(info);
  const input = context.pointer(tensors.x);
  const output = context.pointer(out);
  const filter = context.pointer(tensors.filter);
  const bias = tensors.bias ? context.pointer(tensors.bias) : 0;
  if (isWorthwhile(geometry)) {
    winogradConv(context, geometry, tensors.filter, { input, bias, output }, { flipped: false, low });
    return out;
  }
  if (isOneChannel(geometry)) {
    oneChannelConv(context, geometry, { input, filter, bias, output }, low);
    return out;
  }
  const k = info.filterHeight * info.filterWidth * info.inChannels;
  context.withTemporary(packedBytes(k, info.outChannels), (packed) => {
    packMatrix(context, packed, { b: filter, bias, k, n: info.outChannels, transposed: false });
    directConv(context, geometry, { input, packed, output }, low);
  });
  return out;
}
