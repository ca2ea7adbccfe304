/** Sizes of a dense layer: N samples of P values become N of K. */
export interface DenseSizes {
  n: number;
  p: number;
  k: number;
}

/**
 * relu(x · kernel + bias), one output at a time, summed in float64.
 *
 * @param x      [N, P]
 * @param kernel [P, K]
 * @param bias   [K]
 * @returns [N, K]
 */
export function denseReluReference(
  { n, p, k }: DenseSizes,
  x: ArrayLike<number>,
  kernel: ArrayLike<number>,
  bias: ArrayLike<number>,
): Float64Array {
  const y = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      let sum = bias[j]!;
      for (let q = 0; q < p; q++) sum += x[i * p + q]! * kernel[q * k + j]!;
      y[i * k + j] = Math.max(0, sum);
    }
  }
  return y;
}
