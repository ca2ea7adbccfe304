import { GemmArguments, PackBArguments } from "../../../build/kernel-arguments.as";
import { packColumns, packPanel, packPanelTransposed, packRows } from "./pack.as";
import { A_STEP, B_STEP, K_BLOCK, TILE_COLS, TILE_ROWS } from "./shared-sizes";
import { strip } from "./tile.as";

/**
 * Packs panel number `chunk` of B [K, N]: a row of bias (or zeros), then K rows, 8 columns wide.
 *
 * `transposed`: B is stored as [N, K]; `bias` is [N], or 0.
 */
export function packB(args: PackBArguments, chunk: i32, _scratch: usize): void {
  const k = args.k;
  const n = args.n;
  const first = chunk * TILE_COLS;
  const cols = min(n - first, TILE_COLS);
  const to = args.to + <usize>chunk * <usize>(k + 1) * B_STEP;
  const bias = args.bias;
  if (bias) packPanel(to, bias + (<usize>first << 2), 0, cols, 1);
  else memory.fill(to, 0, B_STEP);
  const b = args.b;
  if (args.transposed) packPanelTransposed(to + B_STEP, b + ((<usize>first * k) << 2), <usize>k << 2, cols, k);
  else packPanel(to + B_STEP, b + (<usize>first << 2), <usize>n << 2, cols, k);
}

/**
 * A block of C [M, N] = max(low, A·B + bias), with B and bias packed by `packB`.
 *
 * `transposed`: A is stored as [K, M]. Chunks go over groups of panels first.
 * Scratch: A_STEP bytes per step of K_BLOCK, then an edge tile.
 */
export function gemm(args: GemmArguments, chunk: i32, scratch: usize): void {
  const a = args.a;
  const transposed = args.transposed;
  const m = args.m;
  const n = args.n;
  const k = args.k;
  const low = args.low;
  const rowsAChunk = args.rowsAChunk;
  const panelsAChunk = args.panelsAChunk;
  const panels = (n + TILE_COLS - 1) / TILE_COLS;
  const groups = (panels + panelsAChunk - 1) / panelsAChunk;
  const firstRow = (chunk / groups) * rowsAChunk;
  const endRow = min(m, firstRow + rowsAChunk);
  const firstPanel = (chunk % groups) * panelsAChunk;
  const cols = min(n - firstPanel * TILE_COLS, panelsAChunk * TILE_COLS);
  const panelBytes = <usize>(k + 1) * B_STEP;
  const b = args.packed + <usize>firstPanel * panelBytes;
  const ldc = <usize>n << 2;
  const c = args.c + <usize>firstPanel * B_STEP;
  const edge = scratch + A_STEP * K_BLOCK;
  for (let p = 0; p < k; p += K_BLOCK) {
    const steps = min(k - p, K_BLOCK);
    const bound = p + steps == k ? low : -Infinity;
    for (let row = firstRow; row < endRow; row += TILE_ROWS) {
      const rows = min(endRow - row, TILE_ROWS);
      if (transposed) packColumns(scratch, a + ((<usize>p * m + row) << 2), <usize>m << 2, rows, steps);
      else packRows(scratch, a + ((<usize>row * k + p) << 2), <usize>k << 2, rows, steps);
      const from = b + B_STEP + <usize>p * B_STEP;
      strip(scratch, from, panelBytes, steps, c + <usize>row * ldc, ldc, p ? 0 : b, <f32>bound, rows, cols, edge);
    }
  }
}
