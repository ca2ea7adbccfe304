import type { DenseSizes } from "./DenseRelu.reference.ts";

/**
 * The kernel's gradient of a dense layer, xᵀ · dz, one product at a time, summed in float64. Zeros in dz are
 * skipped, so 0 times an infinity counts as 0.
 *
 * @param x  [N, P]
 * @param dz [N, K]
 * @returns [P, K]
 */
export function denseBackpropKernelReference(
  { n, p, k }: DenseSizes,
  x: ArrayLike<number>,
  dz: ArrayLike<number>,
): Float64Array {
  const dKernel = new Float64Array(p * k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const gradient = dz[i * k + j]!;
      if (gradient === 0) continue;
      for (let q = 0; q < p; q++) dKernel[q * k + j]! += x[i * p + q]! * gradient;
    }
  }
  return dKernel;
}
