import { type BatchMatMulAttrs, broadcast_util, type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { KernelContext } from "../kernel-context.ts";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { matrixProduct } from "./matrix-product.ts";

/**
 * C[…,m,n] = Σ k  A[…,m,k] · B[…,k,n], float32, either side transposed; batch dimensions broadcast.
 * Other types, and empty tensors, are passed to tfjs's kernel.
 */
export const batchMatMul: OwnKernel = {
  kernelName: "BatchMatMul",
  create: (context, stock) => (call) => {
    const { a, b } = inputsOf<"a" | "b">(call);
    const { transposeA, transposeB } = attributesOf<BatchMatMulAttrs>(call);
    if (!isProductCovered(a, b)) return fallBack(stock, call, `BatchMatMul of ${a.dtype} and ${b.dtype}`);
    if (stock && isStockFaster(a, b, transposeA, transposeB)) return stock(call);
    return product(context, { a, b, bias: null, transposeA, transposeB, low: Number.NEGATIVE_INFINITY });
  },
};

/** Rows of A below which packing B takes longer than multiplying by it. */
const FEW_ROWS = 32;

/**
 * Returns whether tfjs's kernel is faster: for few rows, as in the prediction of single images, because XNNPACK keeps
 * the packed form of B from call to call. It supports no transposed sides and no batches.
 */
export function isStockFaster(
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
): boolean {
  const isSingle = [a, b].every((tensor) => util.sizeFromShape(tensor.shape.slice(0, -2)) === 1);
  return isSingle && !transposeA && !transposeB && a.shape.at(-2)! < FEW_ROWS;
}

interface ProductArguments {
  a: TensorInfo;
  b: TensorInfo;
  bias: TensorInfo | null;
  transposeA: boolean;
  transposeB: boolean;
  /** Lower bound of the result: 0 for relu, −∞ for none. */
  low: number;
}

/** Returns whether `product` computes this: float32 with at least one value. */
export function isProductCovered(a: TensorInfo, b: TensorInfo): boolean {
  return [a, b].every((tensor) => tensor.dtype === "float32" && tensor.shape.every((size) => size > 0));
}

/**
 * C[…,m,n] = max(low, Σ k  A[…,m,k] · B[…,k,n] + bias[n]), batch dimensions broadcast.
 *
 * @param args float32 `a`, `b` with two dimensions or more, not empty; `bias` [N] or null.
 * @returns a new tensor.
 * @throws {Error} when the inner sizes or the batch dimensions do not match.
 * @throws {RangeError} when the heap has no room.
 */
export function product(context: KernelContext, args: ProductArguments): TensorInfo {
  const { a, b, bias, transposeA, transposeB, low } = args;
  const [aRows, aCols] = a.shape.slice(-2) as [number, number];
  const [bRows, bCols] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [aCols, aRows] : [aRows, aCols];
  const [bK, n] = transposeB ? [bCols, bRows] : [bRows, bCols];
  util.assert(
    k === bK,
    () => `Error in matMul: inner sizes ${k} and ${bK} of shapes ${a.shape} and ${b.shape} must match`,
  );
  const aBatch = a.shape.slice(0, -2);
  const bBatch = b.shape.slice(0, -2);
  const outBatch = broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const out = context.output([...outBatch, m, n]);
  const [aStart, bStart, cStart] = [context.pointer(a), context.pointer(b), context.pointer(out)];
  const count = util.sizeFromShape(outBatch);
  for (let i = 0; i < count; i++) {
    matrixProduct(context, {
      a: aStart + 4 * m * k * sourceIndex(i, outBatch, aBatch),
      b: bStart + 4 * k * n * sourceIndex(i, outBatch, bBatch),
      c: cStart + 4 * m * n * i,
      bias: bias ? context.pointer(bias) : 0,
      ...{ m, n, k, transposeA, transposeB, low },
    });
  }
  return out;
}

/** Index of the matrix, in an operand with batch shape `from`, for matrix `index` of the result. */
function sourceIndex(index: number, to: readonly number[], from: readonly number[]): number {
  let rest = index;
  let source = 0;
  let stride = 1;
  for (let axis = to.length - 1, own = from.length - 1; own >= 0; axis--, own--) {
    const position = rest % to[axis]!;
    rest = Math.floor(rest / to[axis]!);
    if (from[own]! > 1) source += position * stride;
    stride *= from[own]!;
  }
  return source;
}
