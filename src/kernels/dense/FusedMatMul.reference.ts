import { batchMatMulReference, type ProductSizes } from "./BatchMatMul.reference.ts";

/** `batchMatMulReference`, plus a bias for each column, then relu if `isRelu`. */
export function fusedMatMulReference(
  s: ProductSizes,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  bias: ArrayLike<number>,
  isRelu: boolean,
): Float64Array {
  return batchMatMulReference(s, a, b).map((value, i) => {
    const sum = value + bias[i % s.n]!;
    return isRelu ? Math.max(0, sum) : sum;
  });
}
