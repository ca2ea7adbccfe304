import { backend_util, type MaxPoolGradAttrs } from "@tensorflow/tfjs-core";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";

/**
 * The gradient of max pooling: dy goes to the first input of its window that is the maximum, all others get 0.
 * Any window, stride and padding, float32. Windows of 2×2 with stride 2 and no padding are fast.
 *
 * tfjs's kernel is never used: where windows overlap, it overwrites an input's gradient instead of adding to it.
 */
export const maxPoolGrad: OwnKernel = {
  kernelName: "MaxPoolGrad",
  create: (context) => (call) => {
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
    if (input.dtype !== "float32" || dy.dtype !== "float32") {
      return fallBack(null, call, `MaxPoolGrad of ${input.dtype}: expected float32`);
    }
    const { top, bottom, left, right } = info.padInfo;
    const isPlain =
      [info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth].every(
        (size) => size === 2,
      ) && [top, bottom, left, right].every((padding) => padding === 0);
    const dx = context.output(input.shape);
    const chunks = info.batchSize;
    const args = {
      x: context.pointer(input),
      dy: context.pointer(dy),
      dx: context.pointer(dx),
      height: info.inHeight,
      width: info.inWidth,
      channels: info.inChannels,
      outHeight: info.outHeight,
      outWidth: info.outWidth,
    };
    if (isPlain) context.pool.run("maxPoolGrad", { chunks, args });
    else {
      const { strideHeight, strideWidth } = info;
      const window = { windowHeight: info.filterHeight, windowWidth: info.filterWidth };
      context.pool.run("maxPoolGradAny", {
        chunks,
        args: { ...args, ...window, strideHeight, strideWidth, top, left },
      });
    }
    return dx;
  },
};
