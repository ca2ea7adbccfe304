import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { attributesOf, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { forwardGeometry, type PatchGeometry } from "./geometry.ts";
import { isWorthwhile, winogradConv } from "./winograd.ts";

/** Padding of the convolution below the pooling; its stride is 1. */
export interface PooledConvAttributes {
  pad: "valid" | "same";
}

/** Returns the geometry of the convolution below the pooling, stride 1; its output is pooled. */
export function pooledConvGeometry(
  inputShape: readonly number[],
  filterShape: readonly number[],
  pad: "valid" | "same",
): PatchGeometry {
  const input = inputShape as [number, number, number, number];
  const filter = filterShape as [number, number, number, number];
  return forwardGeometry(backend_util.computeConv2DInfo(input, filter, 1, 1, pad));
}

/**
 * Returns whether the kernels of pooled convolutions cover these: float32, sizes that Winograd covers, and a pooled
 * output that is not empty.
 */
export function isPooledConvCovered(x: TensorInfo, filter: TensorInfo, pad: "valid" | "same"): boolean {
  const geometry = pooledConvGeometry(x.shape, filter.shape, pad);
  const { height, width } = geometry.output;
  const isFloat = [x, filter].every(({ dtype }) => dtype === "float32");
  return isFloat && geometry.batch > 0 && height >= 2 && width >= 2 && isWorthwhile(geometry);
}

/**
 * maxPool(relu(conv2d(x, filter) + bias)), 3×3 with stride 1, then 2×2 with stride 2 and no padding, float32.
 * The convolution's output is never stored.
 *
 * @returns [pooled [N, ⌊H/2⌋, ⌊W/2⌋, K], which]: `which` has one byte per pooled value, the position 0…3 of the
 *   first maximum in its window.
 * @throws {RangeError} for what `isPooledConvCovered` refuses.
 */
export const convReluMaxPool: OwnKernel = {
  kernelName: "ConvReluMaxPool",
  create:
    (context) =>
    (call): TensorInfo[] => {
      const { x, filter, bias } = inputsOf<"x" | "filter" | "bias">(call);
      const { pad } = attributesOf<PooledConvAttributes>(call);
      if (!isPooledConvCovered(x, filter, pad) || bias.dtype !== "float32")
        throw new RangeError(
          `ConvReluMaxPool does not cover x [${x.shape}] with a filter of [${filter.shape}]`,
        );
      const geometry = pooledConvGeometry(x.shape, filter.shape, pad);
      const { height, width, channels } = geometry.output;
      const shape = [geometry.batch, height >> 1, width >> 1, channels];
      const pooled = context.output(shape);
      const which = context.output(shape, "bool");
      const pointers = {
        input: context.pointer(x),
        bias: context.pointer(bias),
        output: context.pointer(pooled),
        which: context.pointer(which),
      };
      winogradConv(context, geometry, filter, pointers, { flipped: false, low: 0 });
      return [pooled, which];
    },
};
