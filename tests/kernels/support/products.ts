import type { ProductSizes } from "../../../src/kernels/dense/BatchMatMul.reference.ts";

const SIZES = [
  { m: 1, k: 1, n: 1 },
  { m: 5, k: 7, n: 9 },
  { m: 6, k: 256, n: 8 },
  { m: 13, k: 300, n: 17 },
  { m: 128, k: 600, n: 10 },
  { m: 7, k: 513, n: 130 },
  { m: 40, k: 513, n: 130 },
];

/** Ones, odd sizes and more than a block, with every combination of transposed sides. */
export const PRODUCTS: readonly ProductSizes[] = SIZES.flatMap((sizes) =>
  [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => ({ ...sizes, transposeA, transposeB })),
  ),
);

/** A description of the sizes, for titles. */
export function describeProduct(s: ProductSizes): string {
  return `${s.m}×${s.k}${s.transposeA ? " (transposed)" : ""} by ${s.k}×${s.n}${s.transposeB ? " (transposed)" : ""}`;
}
