import { attributesOf, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { ENTRY_BYTES } from "../wasm/shared-sizes.ts";
import { type PooledConvAttributes, pooledConvGeometry } from "./ConvReluMaxPool.ts";

interface PooledConvBackpropInputAttributes extends PooledConvAttributes {
  inputShape: [number, number, number, number];
}

/**
 * The gradient of the input of a convolution that was pooled: `Conv2DBackpropInput` of `MaxPoolGrad`, float32,
 * for what `ConvReluMaxPool` covers. Its time is proportional to the number of non-zero gradients.
 *
 * Inputs: `dPooled` [N, PH, PW, K] (0 where relu was), `which` from the forward kernel, `filter` [3, 3, C, K].
 * @returns [N, H, W, C]
 */
export const pooledConvBackpropInput: OwnKernel = {
  kernelName: "PooledConvBackpropInput",
  create: (context) => (call) => {
    const { dPooled, which, filter } = inputsOf<"dPooled" | "which" | "filter">(call);
    const { pad, inputShape } = attributesOf<PooledConvBackpropInputAttributes>(call);
    const { batch, input, output, top, left } = pooledConvGeometry(inputShape, filter.shape, pad);
    const [, pooledHeight, pooledWidth] = dPooled.shape as [number, number, number, number];
    const [c, k] = [input.channels, output.channels];
    const dx = context.output(inputShape);
    context.withTemporary(4 * 9 * c * k, (filterRows) => {
      context.pool.run("tapRows", {
        chunks: 9,
        args: { filter: context.pointer(filter), to: filterRows, channels: c, outChannels: k },
      });
      context.pool.run("pooledConvInputGradient", {
        chunks: batch,
        scratchBytes:
          4 * output.height * (output.width + 1) + ENTRY_BYTES * (pooledHeight * pooledWidth * k + 1),
        args: {
          dPooled: context.pointer(dPooled),
          which: context.pointer(which),
          pooledHeight,
          pooledWidth,
          outChannels: k,
          filterRows,
          dx: context.pointer(dx),
          height: input.height,
          width: input.width,
          channels: c,
          outHeight: output.height,
          outWidth: output.width,
          top,
          left,
        },
      });
    });
    return dx;
  },
};
