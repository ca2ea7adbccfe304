import { type SumAttrs, type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { KernelContext } from "../kernel-context.ts";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { splitIntoGroups, sumSlots } from "../slot-sums.ts";

/**
 * Sums float32 over the leading axes, as the gradient of a bias does: `x [rows, cols]` becomes `[cols]`.
 * Sums over other axes, and those that leave fewer than 4 columns, are passed to tfjs's kernel.
 */
export const sum: OwnKernel = {
  kernelName: "Sum",
  create: (context, stock) => (call) => {
    const { x } = inputsOf<"x">(call);
    const { axis, keepDims } = attributesOf<SumAttrs>(call);
    const axes = util.parseAxisParam(axis, x.shape);
    const isLeading = axes.length < x.shape.length && axes.every((value) => value < axes.length);
    const cols = util.sizeFromShape(x.shape.slice(axes.length));
    const rows = util.sizeFromShape(x.shape.slice(0, axes.length));
    if (!isLeading || x.dtype !== "float32" || cols < 4 || rows === 0)
      return fallBack(stock, call, `Sum of ${x.dtype}`);
    const outShape = x.shape.flatMap((size, i) => (i >= axes.length ? [size] : keepDims ? [1] : []));
    return sumColumns(context, x, rows, cols, outShape);
  },
};

function sumColumns(
  context: KernelContext,
  x: TensorInfo,
  rows: number,
  cols: number,
  outShape: number[],
): TensorInfo {
  const out = context.output(outShape);
  const { groups, perGroup } = splitIntoGroups(rows);
  context.withTemporary(groups * cols * 4, (partial) => {
    context.pool.run("sumRows", {
      chunks: groups,
      args: { x: context.pointer(x), rows, cols, partial, rowsAChunk: perGroup },
    });
    sumSlots(context, { partial, slots: groups, size: cols, out: context.pointer(out) });
  });
  return out;
}
