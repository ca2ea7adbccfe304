/** Sizes of a product of one pair of matrices. */
export interface ProductSizes {
  m: number;
  n: number;
  k: number;
  /** A is stored as [K, M], B as [N, K]. */
  transposeA: boolean;
  transposeB: boolean;
}

/** A·B, summed in float64. @returns [M, N] */
export function batchMatMulReference(
  s: ProductSizes,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): Float64Array {
  const c = new Float64Array(s.m * s.n);
  for (let i = 0; i < s.m; i++) {
    for (let j = 0; j < s.n; j++) {
      for (let p = 0; p < s.k; p++) {
        const left = a[s.transposeA ? p * s.m + i : i * s.k + p]!;
        const right = b[s.transposeB ? j * s.k + p : p * s.n + j]!;
        c[i * s.n + j]! += left * right;
      }
    }
  }
  return c;
}
