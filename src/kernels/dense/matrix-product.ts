import type { KernelContext } from "../kernel-context.ts";
import { packedBytes, packMatrix } from "../packed-matrix.ts";
import { A_STEP, EDGE_BYTES, K_BLOCK, TILE_COLS, TILE_ROWS } from "../wasm/shared-sizes.ts";

interface MatrixProduct {
  /** Pointers to float32 values: A [M, K], B [K, N], C [M, N]. */
  a: number;
  b: number;
  c: number;
  /** Pointer to [N], or 0 for none. */
  bias: number;
  m: number;
  n: number;
  k: number;
  /** A is stored as [K, M], B as [N, K]. */
  transposeA: boolean;
  transposeB: boolean;
  /** Lower bound of the result: 0 makes it relu. */
  low: number;
}

/** Chunks per thread, so that a delayed thread does not keep the others waiting for long. */
const CHUNKS_A_THREAD = 4;

/**
 * C [M, N] = max(low, A·B + bias), one matrix; C is overwritten.
 *
 * @throws {RangeError} when the heap has no room for packed B.
 */
export function matrixProduct(context: KernelContext, p: MatrixProduct): void {
  const panels = Math.ceil(p.n / TILE_COLS);
  // 16 panels of one pass over K are 128 KiB, which fits the L2 cache.
  const panelsAChunk = Math.min(panels, 16);
  const groups = Math.ceil(panels / panelsAChunk);
  // Every chunk reads its part of B once for each block of K, so fewer and taller chunks are better.
  const parts = context.pool.threads === 1 ? 1 : Math.ceil((CHUNKS_A_THREAD * context.pool.threads) / groups);
  const rowsAChunk = TILE_ROWS * Math.ceil(p.m / parts / TILE_ROWS);
  context.withTemporary(packedBytes(p.k, p.n), (packed) => {
    packMatrix(context, packed, { b: p.b, bias: p.bias, k: p.k, n: p.n, transposed: p.transposeB });
    const { a, c, m, n, k, low } = p;
    context.pool.run("gemm", {
      chunks: groups * Math.ceil(m / rowsAChunk),
      scratchBytes: K_BLOCK * A_STEP + EDGE_BYTES,
      args: { a, transposed: p.transposeA, packed, c, m, n, k, low, rowsAChunk, panelsAChunk },
    });
  });
}
