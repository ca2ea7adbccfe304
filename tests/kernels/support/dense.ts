import type { DenseSizes } from "../../../src/kernels/dense/DenseRelu.reference.ts";
import { randomValues } from "./numbers.ts";

/** Ones, odd sizes, widths below, at and beyond a block of 48, few rows (XNNPACK's) and many. */
export const DENSE_SIZES: readonly DenseSizes[] = [
  { n: 1, p: 1, k: 1 },
  { n: 2, p: 7, k: 5 },
  { n: 33, p: 48, k: 8 },
  { n: 40, p: 145, k: 11 },
  { n: 128, p: 600, k: 128 },
];

/** A description of the sizes, for titles. */
export function describeDense({ n, p, k }: DenseSizes): string {
  return `${n}×${p} by ${p}×${k}`;
}

/** Gradients in [-1, 1) of which one in `every` is 0, as after relu and dropout; 1 makes all of them 0. */
export function sparseGradients(n: number, every: number, seed: number): Float32Array {
  return randomValues(n, seed).map((value, i) => (i % every === 0 ? 0 : value));
}
