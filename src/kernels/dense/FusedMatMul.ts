import type { _FusedMatMulAttrs } from "@tensorflow/tfjs-core";
import { LOWER_BOUND } from "../lower-bound.ts";
import { attributesOf, fallBack, inputsOf, type OwnKernel } from "../own-kernel.ts";
import { isProductCovered, isStockFaster, product } from "./BatchMatMul.ts";

/**
 * `BatchMatMul`, bias and activation in one pass: a bias of [N] or none, linear or relu.
 * Other activations are passed to tfjs's kernel, except with `transposeB` and a bias: tfjs then adds the bias once for
 * each block of 48 steps of K, so this combination is refused.
 */
export const fusedMatMul: OwnKernel = {
  kernelName: "_FusedMatMul",
  create: (context, stock) => (call) => {
    const { a, b, bias } = inputsOf<"a" | "b" | "bias">(call);
    const { transposeA, transposeB, activation } = attributesOf<_FusedMatMulAttrs>(call);
    const low = LOWER_BOUND[activation];
    const n = b.shape.at(transposeB ? -2 : -1);
    const isBiasCovered =
      bias == null || (bias.dtype === "float32" && bias.shape.length === 1 && bias.shape[0] === n);
    if (low === undefined || !isBiasCovered || !isProductCovered(a, b)) {
      const isStockWrong = bias != null && (transposeA || transposeB);
      return fallBack(
        isStockWrong ? null : stock,
        call,
        `_FusedMatMul with ${activation}, a bias and a transposed side: use matMul, add and the activation`,
      );
    }
    if (stock && isStockFaster(a, b, transposeA, transposeB)) return stock(call);
    return product(context, { a, b, bias: bias ?? null, transposeA, transposeB, low });
  },
};
