import type { KernelContext } from "../kernel-context.ts";
import { A_STEP, EDGE_BYTES, K_BLOCK } from "../wasm/shared-sizes.ts";
import type { PatchGeometry } from "./geometry.ts";

/**
 * out = max(low, conv(in, filter) + bias), as products of patches with a filter that is already packed, with its bias.
 *
 * @param pointers of float32 values; `output` is overwritten.
 * @param low lower bound of the result: 0 for relu, −∞ for none.
 */
export function directConv(
  context: KernelContext,
  g: PatchGeometry,
  pointers: { input: number; packed: number; output: number },
  low = Number.NEGATIVE_INFINITY,
): void {
  const { input, output, filter, stride, dilation, up } = g;
  context.pool.run("conv", {
    chunks: g.batch,
    scratchBytes: Math.max(input.channels, K_BLOCK) * A_STEP + EDGE_BYTES,
    args: {
      input: pointers.input,
      height: input.height,
      width: input.width,
      channels: input.channels,
      output: pointers.output,
      outHeight: output.height,
      outWidth: output.width,
      outChannels: output.channels,
      filterHeight: filter.height,
      filterWidth: filter.width,
      strideHeight: stride.height,
      strideWidth: stride.width,
      top: g.top,
      left: g.left,
      dilationHeight: dilation.height,
      dilationWidth: dilation.width,
      upHeight: up.height,
      upWidth: up.width,
      packed: pointers.packed,
      low,
    },
  });
}
