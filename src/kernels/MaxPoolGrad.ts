import { backend_util, type MaxPoolGradAttrs } from "@tensorflow/tfjs-core";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "./kernel.ts";

/**
 * The gradient of max pooling: dy goes to the first input of its window that is the maximum, all others get 0.
 * Ours covers 2×2 windows with stride 2 and no padding, float32; the rest goes to tfjs's kernel.
 */
export const maxPoolGrad: OwnKernel = {
  kernelName: "MaxPoolGrad",
  create: (context, stock) => (call) => {
    const { dy, input } = inputsOf<"dy" | "input">(call);
    const { filterSize, strides, pad, dimRoundingMode } = attributesOf<MaxPoolGradAttrs>(call);
    const info = backend_util.computePool2DInfo(
      input.shape as [number, number, number, number],
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const { top, bottom, left, right } = info.padInfo;
    const sizes = [info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth];
    const isCovered =
      sizes.every((size) => size === 2) &&
      [top, bottom, left, right].every((padding) => padding === 0) &&
      [input, dy].every((tensor) => tensor.dtype === "float32" && tensor.shape.every((size) => size > 0));
    if (!isCovered) return fallBack(stock, call, `MaxPoolGrad of ${input.dtype}`);
    const dx = context.output(input.shape);
    context.pool.run("maxPoolGrad", info.batchSize, [
      ...[context.pointer(input), context.pointer(dy), context.pointer(dx)],
      ...[info.inHeight, info.inWidth, info.inChannels, info.outHeight, info.outWidth],
    ]);
    return dx;
  },
};
