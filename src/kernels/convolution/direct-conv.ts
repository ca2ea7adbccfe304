import type { KernelContext } from "../kernel-context.ts";
import { f32 } from "../thread-pool/thread-pool.ts";
import { A_STEP, EDGE_BYTES, K_BLOCK } from "../wasm/sizes.ts";
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
