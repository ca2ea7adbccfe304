import { inputsOf, type OwnKernel } from "../own-kernel.ts";
import { sparseProduct } from "./sparse-product.ts";

/**
 * The kernel's gradient of a dense layer, float32: dKernel [P, K] = xᵀ · dz, for x [N, P] and dz [N, K].
 * Its time is proportional to the number of non-zero values in dz.
 */
export const denseBackpropKernel: OwnKernel = {
  kernelName: "DenseBackpropKernel",
  create: (context) => (call) => {
    const { x, dz } = inputsOf<"x" | "dz">(call);
    const [depth, rows] = dz.shape as [number, number];
    const width = x.shape[1]!;
    const dKernel = context.output([width, rows]);
    sparseProduct(context, {
      ...{ s: context.pointer(dz), transposeS: true, rows, depth },
      ...{ d: context.pointer(x), transposeD: false, width },
      ...{ out: context.pointer(dKernel), transposeOut: true },
    });
    return dKernel;
  },
};
