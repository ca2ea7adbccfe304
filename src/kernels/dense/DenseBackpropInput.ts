import { inputsOf, type OwnKernel } from "../own-kernel.ts";
import { sparseProduct } from "./sparse-product.ts";

/**
 * The input's gradient of a dense layer, float32: dx [N, P] = dz [N, K] · kernelᵀ, for kernel [P, K].
 * Its time is proportional to the number of non-zero values in dz.
 */
export const denseBackpropInput: OwnKernel = {
  kernelName: "DenseBackpropInput",
  create: (context) => (call) => {
    const { dz, kernel } = inputsOf<"dz" | "kernel">(call);
    const [rows, depth] = dz.shape as [number, number];
    const width = kernel.shape[0]!;
    const dx = context.output([rows, width]);
    sparseProduct(context, {
      ...{ s: context.pointer(dz), transposeS: false, rows, depth },
      ...{ d: context.pointer(kernel), transposeD: true, width },
      ...{ out: context.pointer(dx), transposeOut: false },
    });
    return dx;
  },
};
