import type { KernelContext } from "../kernel-context.ts";
import { ENTRY_BYTES, SPARSE_BLOCK, SPARSE_BLOCK_BYTES } from "../wasm/shared-sizes.ts";

interface SparseProduct {
  /** Pointer to S, [rows, depth] or, transposed, [depth, rows]: the one with many zeros. */
  s: number;
  transposeS: boolean;
  rows: number;
  depth: number;
  /** Pointer to D, [depth, width] or, transposed, [width, depth]. */
  d: number;
  transposeD: boolean;
  width: number;
  /** Pointer to the result, [rows, width] or, transposed, [width, rows]; overwritten. */
  out: number;
  transposeOut: boolean;
}

/**
 * out = S · D, float32. Its time is proportional to the number of non-zero values in S; a 0 times an infinity counts as 0.
 *
 * @throws {RangeError} when the heap has no room for the list.
 */
export function sparseProduct(context: KernelContext, p: SparseProduct): void {
  const startsBytes = 4 * (p.rows + 1);
  context.withTemporary(startsBytes + ENTRY_BYTES * (p.rows * p.depth + 1), (starts) => {
    const entries = starts + startsBytes;
    const { s, d, out, rows, depth, width } = p;
    context.pool.run("listNonZeros", {
      chunks: 1,
      args: { s, transposed: p.transposeS, rows, cols: depth, starts, entries },
    });
    context.pool.run("sparseProduct", {
      chunks: Math.ceil(width / SPARSE_BLOCK),
      scratchBytes: SPARSE_BLOCK_BYTES * (depth + rows),
      args: {
        starts,
        rows,
        d,
        transposedD: p.transposeD,
        depth,
        width,
        out,
        transposedOut: p.transposeOut,
      },
    });
  });
}
