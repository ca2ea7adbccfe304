import type { backend_util, TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelContext } from "../kernel-context.ts";
import { f32 } from "../thread-pool/thread-pool.ts";
import { A_STEP, B_STEP, EDGE_BYTES, K_BLOCK, TILE_COLS } from "../wasm/sizes.ts";
import { isOneChannel, oneChannelConv } from "./one-channel-conv.ts";
import { isWorthwhile, winogradConv } from "./winograd.ts";

export type ConvInfo = backend_util.Conv2DInfo;

/** True for what the convolution kernels compute: dense float32 NHWC with something in it. */
export function isCovered(info: ConvInfo, ...tensors: TensorInfo[]): boolean {
  return (
    info.dataFormat === "channelsLast" &&
    info.outHeight > 0 &&
    info.outWidth > 0 &&
    tensors.every((tensor) => tensor.dtype === "float32" && tensor.shape.every((size) => size > 0))
  );
}

/** Bytes of a matrix [K, N] packed in panels, each with its row of bias. */
export function packedBytes(k: number, n: number): number {
  return Math.ceil(n / TILE_COLS) * (k + 1) * B_STEP;
}

/** What the kernel `conv` convolves: positions outside `input`, or off the grid of `up`, count as 0. */
export interface PatchGeometry {
  batch: number;
  input: { height: number; width: number; channels: number };
  output: { height: number; width: number; channels: number };
  filter: { height: number; width: number };
  stride: { height: number; width: number };
  dilation: { height: number; width: number };
  up: { height: number; width: number };
  top: number;
  left: number;
}

/** Runs the kernel `conv` with an already packed filter; `low` is the lower bound of the result, 0 for relu. */
export function runConv(
  context: KernelContext,
  g: PatchGeometry,
  pointers: { input: number; packed: number; output: number },
  low = Number.NEGATIVE_INFINITY,
): void {
  const { input, output, filter, stride, dilation, up } = g;
  const scratch = Math.max(input.channels, K_BLOCK) * A_STEP + EDGE_BYTES;
  context.pool.run(
    "conv",
    g.batch,
    [
      ...[pointers.input, input.height, input.width, input.channels],
      ...[pointers.output, output.height, output.width, output.channels],
      ...[filter.height, filter.width, stride.height, stride.width, g.top, g.left],
      ...[dilation.height, dilation.width, up.height, up.width],
      ...[pointers.packed, f32(low)],
    ],
    scratch,
  );
}

/** The geometry of a forward convolution. */
export function forwardGeometry(info: ConvInfo): PatchGeometry {
  return {
    batch: info.batchSize,
    input: { height: info.inHeight, width: info.inWidth, channels: info.inChannels },
    output: { height: info.outHeight, width: info.outWidth, channels: info.outChannels },
    filter: { height: info.filterHeight, width: info.filterWidth },
    stride: { height: info.strideHeight, width: info.strideWidth },
    dilation: { height: info.dilationHeight, width: info.dilationWidth },
    up: { height: 1, width: 1 },
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}

/**
 * out = max(low, conv(x, filter) + bias), any stride, padding and dilation.
 * @param bias float32 [K] or null.
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
    winogradConv(context, geometry, { input, filter, bias, output }, { flipped: false, low });
    return out;
  }
  if (isOneChannel(geometry)) {
    oneChannelConv(context, geometry, { input, filter, bias, output }, low);
    return out;
  }
  const k = info.filterHeight * info.filterWidth * info.inChannels;
  context.withTemporary(packedBytes(k, info.outChannels), (packed) => {
    context.pool.run("packB", Math.ceil(info.outChannels / TILE_COLS), [
      packed,
      filter,
      bias,
      k,
      info.outChannels,
      0,
    ]);
    runConv(context, geometry, { input, packed, output }, low);
  });
  return out;
}
