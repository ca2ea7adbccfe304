import type { DenseSizes } from "./DenseRelu.reference.ts";

/**
 * The input's gradient of a dense layer, dz · kernelᵀ, one product at a time, summed in float64. Zeros in dz are
 * skipped, so 0 times an infinity counts as 0.
 *
 * @param dz     [N, K]
 * @param kernel [P, K]
 * @returns [N, P]
 */
export function denseBackpropInputReference(
  { n, p, k }: DenseSizes,
  dz: ArrayLike<number>,
  kernel: ArrayLike<number>,
): Float64Array {
  const dx = new Float64Array(n * p);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const gradient = dz[i * k + j]!;
      if (gradient === 0) continue;
      for (let q = 0; q < p; q++) dx[i * p + q]! += gradient * kernel[q * k + j]!;
    }
  }
  return dx;
}
