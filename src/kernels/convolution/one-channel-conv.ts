import type { KernelContext } from "../kernel-context.ts";

interface Size {
  height: number;
  width: number;
}

interface OneChannelGeometry {
  batch: number;
  input: Size & { channels: number };
  output: Size & { channels: number };
  top: number;
  left: number;
}

/** Returns whether the kernels compute this: 3×3, stride 1, no dilation, one channel in, a multiple of 4 out. */
export function isOneChannel(
  shape: OneChannelGeometry & { filter: Size; stride: Size; dilation: Size },
): boolean {
  const { filter, stride, dilation, input, output } = shape;
  return (
    [filter.height, filter.width].every((size) => size === 3) &&
    [stride.height, stride.width, dilation.height, dilation.width].every((step) => step === 1) &&
    input.channels === 1 &&
    output.channels % 4 === 0
  );
}

function scratchBytes({ output }: OneChannelGeometry): number {
  return 16 * (output.height + 2) * (output.width + 2);
}

/**
 * out = max(low, conv(in, filter) + bias), for what `isOneChannel` accepts.
 *
 * @param pointers of float32: `input` [N, H, W, 1], `filter` [9, K], `bias` [K] or 0 for none, `output` [N, OH, OW, K],
 *   overwritten.
 * @param low lower bound of the result: 0 for relu, −∞ for none.
 */
export function oneChannelConv(
  context: KernelContext,
  g: OneChannelGeometry,
  pointers: { input: number; filter: number; bias: number; output: number },
  low: number,
): void {
  const { input, output } = g;
  context.pool.run("oneChannelConv", {
    chunks: g.batch,
    scratchBytes: scratchBytes(g),
    args: {
      input: pointers.input,
      height: input.height,
      width: input.width,
      output: pointers.output,
      outHeight: output.height,
      outWidth: output.width,
      outChannels: output.channels,
      top: g.top,
      left: g.left,
      filter: pointers.filter,
      bias: pointers.bias,
      low,
    },
  });
}

/**
 * The gradients of the filter and, as a tenth row, the bias, of each group of `imagesAGroup` images.
 *
 * @param pointers of float32: `input` [N, H, W, 1], relu's output `y` and its gradient `dy` [N, OH, OW, K], `partial`
 *   [groups, 10, K], overwritten.
 */
export function oneChannelConvGradient(
  context: KernelContext,
  g: OneChannelGeometry,
  pointers: { input: number; y: number; dy: number; partial: number },
  imagesAGroup: number,
): void {
  const { input, output } = g;
  context.pool.run("oneChannelConvGradient", {
    chunks: Math.ceil(g.batch / imagesAGroup),
    scratchBytes: scratchBytes(g),
    args: {
      input: pointers.input,
      height: input.height,
      width: input.width,
      y: pointers.y,
      outHeight: output.height,
      outWidth: output.width,
      outChannels: output.channels,
      top: g.top,
      left: g.left,
      dy: pointers.dy,
      partial: pointers.partial,
      imagesAChunk: imagesAGroup,
      batch: g.batch,
    },
  });
}
