import type { KernelContext } from "../kernel-context.ts";
import { f32 } from "../thread-pool/thread-pool.ts";

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

/** True for what the kernels compute: 3×3, stride 1, no dilation, one channel in, a multiple of 4 out. */
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

/** out = max(low, conv(in, filter) + bias); `bias` is 0 for none. */
export function oneChannelConv(
  context: KernelContext,
  g: OneChannelGeometry,
  pointers: { input: number; filter: number; bias: number; output: number },
  low: number,
): void {
  const { input, output } = g;
  const args = [
    ...[pointers.input, input.height, input.width],
    ...[pointers.output, output.height, output.width, output.channels],
    ...[g.top, g.left, pointers.filter, pointers.bias, f32(low)],
  ];
  context.pool.run("oneChannelConv", g.batch, args, scratchBytes(g));
}

/** Each group of `imagesAGroup` images' gradients of the filter and, as a tenth line, the bias: [groups, 10, K]. */
export function oneChannelConvGradient(
  context: KernelContext,
  g: OneChannelGeometry,
  pointers: { input: number; y: number; dy: number; partial: number },
  imagesAGroup: number,
): void {
  const { input, output } = g;
  const args = [
    ...[pointers.input, input.height, input.width],
    ...[pointers.y, output.height, output.width, output.channels],
    ...[g.top, g.left, pointers.dy, pointers.partial, imagesAGroup, g.batch],
  ];
  context.pool.run("oneChannelConvGradient", Math.ceil(g.batch / imagesAGroup), args, scratchBytes(g));
}
