import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import { inputsOf, type OwnKernel } from "../own-kernel.ts";
import { splitIntoGroups, sumSlots } from "../slot-sums.ts";

/**
 * The gradients of relu and of the bias before it in one pass, float32:
 *
 *   dz[…,k] = y[…,k] > 0 ? dy[…,k] : 0
 *   dBias[k] = Σ dz[…,k]
 *
 * @returns [dz, dBias]; `y` is relu's output, or its input: the sign is all that matters.
 */
export const reluGradSum: OwnKernel = {
  kernelName: "ReluGradSum",
  create:
    (context) =>
    (call): TensorInfo[] => {
      const { y, dy } = inputsOf<"y" | "dy">(call);
      const cols = y.shape.at(-1)!;
      const rows = util.sizeFromShape(y.shape) / cols;
      const dz = context.output(y.shape);
      const dBias = context.output([cols]);
      const { groups, perGroup } = splitIntoGroups(rows);
      context.withTemporary(groups * cols * 4, (partial) => {
        const pointers = { y: context.pointer(y), dy: context.pointer(dy), dz: context.pointer(dz) };
        context.pool.run("reluGradSum", {
          chunks: groups,
          args: { ...pointers, rows, cols, partial, rowsAChunk: perGroup },
        });
        sumSlots(context, { partial, slots: groups, size: cols, out: context.pointer(dBias) });
      });
      return [dz, dBias];
    },
};
