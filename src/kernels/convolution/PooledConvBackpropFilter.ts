import { attributesOf, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { splitIntoGroups, sumSlots } from "../slot-sums.ts";
import { ENTRY_BYTES } from "../wasm/shared-sizes.ts";
import { type PooledConvAttributes, pooledConvGeometry } from "./ConvReluMaxPool.ts";

interface PooledConvBackpropFilterAttributes extends PooledConvAttributes {
  filterShape: [number, number, number, number];
}

/**
 * The gradient of the filter of a convolution that was pooled: `Conv2DBackpropFilter` of `MaxPoolGrad`, float32,
 * for what `ConvReluMaxPool` covers. Its time is proportional to the number of non-zero gradients.
 *
 * Inputs: `x` [N, H, W, C], `dPooled` [N, PH, PW, K] (0 where relu was), `which` from the forward kernel.
 * @returns [3, 3, C, K]
 */
export const pooledConvBackpropFilter: OwnKernel = {
  kernelName: "PooledConvBackpropFilter",
  create: (context) => (call) => {
    const { x, dPooled, which } = inputsOf<"x" | "dPooled" | "which">(call);
    const { pad, filterShape } = attributesOf<PooledConvBackpropFilterAttributes>(call);
    const { batch, input, output, top, left } = pooledConvGeometry(x.shape, filterShape, pad);
    const [, pooledHeight, pooledWidth] = dPooled.shape as [number, number, number, number];
    const [c, k] = [input.channels, output.channels];
    const [paddedHeight, paddedWidth] = [output.height + 2, output.width + 2];
    const out = context.output(filterShape);
    const { groups, perGroup } = splitIntoGroups(batch);
    const size = 9 * c * k;
    context.withTemporary(4 * size * (groups + 1), (partial) => {
      const sums = partial + 4 * size * groups;
      context.pool.run("pooledConvFilterGradient", {
        chunks: groups,
        scratchBytes:
          4 * k +
          16 +
          ENTRY_BYTES * k * (pooledHeight * pooledWidth + 1) +
          4 * paddedHeight * paddedWidth * c,
        args: {
          dPooled: context.pointer(dPooled),
          which: context.pointer(which),
          pooledHeight,
          pooledWidth,
          outChannels: k,
          input: context.pointer(x),
          partial,
          height: input.height,
          width: input.width,
          channels: c,
          top,
          left,
          paddedHeight,
          paddedWidth,
          imagesAChunk: perGroup,
          batch,
        },
      });
      sumSlots(context, { partial, slots: groups, size, out: sums });
      context.pool.run("tapColumns", {
        chunks: 9,
        args: { sums, to: context.pointer(out), channels: c, outChannels: k },
      });
    });
    return out;
  },
};
