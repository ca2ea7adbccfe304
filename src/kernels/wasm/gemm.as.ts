import { float, int, ptr } from "./args.as";
import { packColumns, packPanel, packPanelTransposed, packRows } from "./pack.as";
import { A_STEP, B_STEP, K_BLOCK, TILE_COLS, TILE_ROWS } from "./sizes";
import { strip } from "./tile.as";

/**
 * Packs panel number `chunk` of B [K, N]: a row of bias (or zeros), then K rows, 8 columns wide.
 *
 * args: to, b, bias or 0, K, N, transposed (B is then [N, K])
 */
export function packB(args: usize, chunk: i32, _scratch: usize): void {
  const k = int(args, 3);
  const n = int(args, 4);
  const first = chunk * TILE_COLS;
  const cols = min(n - first, TILE_COLS);
  const to = ptr(args, 0) + <usize>chunk * <usize>(k + 1) * B_STEP;
  const bias = ptr(args, 2);
  if (bias) packPanel(to, bias + (<usize>first << 2), 0, cols, 1);
  else memory.fill(to, 0, B_STEP);
  const b = ptr(args, 1);
  if (int(args, 5)) packPanelTransposed(to + B_STEP, b + ((<usize>first * k) << 2), <usize>k << 2, cols, k);
  else packPanel(to + B_STEP, b + (<usize>first << 2), <usize>n << 2, cols, k);
}

/**
 * A block of C [M, N] = max(low, A·B + bias), with B and bias packed by `packB`.
 *
 * args: a, transposed (A is then [K, M]), packed B, c, M, N, K, low, rows a chunk, panels a chunk.
 * Chunks go over groups of panels first. Scratch: 96 bytes a step of K_BLOCK, then an edge tile.
 */
export function gemm(args: usize, chunk: i32, scratch: usize): void {
  const a = ptr(args, 0);
  const transposed = int(args, 1);
  const m = int(args, 4);
  const n = int(args, 5);
  const k = int(args, 6);
  const low = float(args, 7);
  const rowsAChunk = int(args, 8);
  const panelsAChunk = int(args, 9);
  const panels = (n + TILE_COLS - 1) / TILE_COLS;
  const groups = (panels + panelsAChunk - 1) / panelsAChunk;
  const firstRow = (chunk / groups) * rowsAChunk;
  const endRow = min(m, firstRow + rowsAChunk);
  const firstPanel = (chunk % groups) * panelsAChunk;
  const cols = min(n - firstPanel * TILE_COLS, panelsAChunk * TILE_COLS);
  const panelBytes = <usize>(k + 1) * B_STEP;
  const b = ptr(args, 2) + <usize>firstPanel * panelBytes;
  const ldc = <usize>n << 2;
  const c = ptr(args, 3) + <usize>firstPanel * B_STEP;
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
