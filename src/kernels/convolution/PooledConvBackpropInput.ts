import { attributesOf, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { ENTRY_BYTES } from "../wasm/sizes.ts";
import { type PooledConvAttributes, pooledConvGeometry } from "./ConvReluMaxPool.ts";

export interface PooledConvBackpropInputAttributes extends PooledConvAttributes {
  inputShape: [number, number, number, number];
}

/**
 * The gradient of the input of a convolution that was pooled: `Conv2DBackpropInput` of `MaxPoolGrad`, float32,
 * for what `ConvReluMaxPool` covers. Takes time in proportion to the gradients that are not 0.
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
    const [, pooledH, pooledW] = dPooled.shape as [number, number, number, number];
    const [c, k] = [input.channels, output.channels];
    const dx = context.output(inputShape);
    context.withTemporary(4 * 9 * c * k, (rows) => {
      context.pool.run("tapRows", 9, [context.pointer(filter), rows, c, k]);
      context.pool.run(
        "pooledConvInputGradient",
        batch,
        [
          ...[
            context.pointer(dPooled),
            context.pointer(which),
            pooledH,
            pooledW,
            k,
            rows,
            context.pointer(dx),
          ],
          ...[input.height, input.width, c, output.height, output.width, top, left],
        ],
        4 * output.height * (output.width + 1) + ENTRY_BYTES * (pooledH * pooledW * k + 1),
      );
    });
    return dx;
  },
};
