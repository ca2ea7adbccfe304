import type { KernelContext } from "./kernel-context.ts";
import { B_STEP, TILE_COLS } from "./wasm/shared-sizes.ts";

/** A matrix B [K, N] and a bias [N], as pointers to float32 values. */
interface PackSource {
  b: number;
  /** 0 for none. */
  bias: number;
  k: number;
  n: number;
  /** B is stored as [N, K]. */
  transposed: boolean;
}

/** Returns the size in bytes of a matrix [K, N] in panels, each with its row of bias. */
export function packedBytes(k: number, n: number): number {
  return Math.ceil(n / TILE_COLS) * (k + 1) * B_STEP;
}

/** Packs B and its bias, or zeros, in panels: `packedBytes` bytes from `to` are overwritten. */
export function packMatrix(
  context: KernelContext,
  to: number,
  { b, bias, k, n, transposed }: PackSource,
): void {
  context.pool.run("packB", { chunks: Math.ceil(n / TILE_COLS), args: { to, b, bias, k, n, transposed } });
}
