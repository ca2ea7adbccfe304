import { A_STEP, B_STEP, TILE_COLS, TILE_ROWS } from "./shared-sizes";

/**
 * C[6,8] = init + A·B, all float32.
 *
 * @param a    packed A: for each of `k` steps, 6 values, each repeated in 4 lanes (a plain vector load is
 *   cheaper here than a load and a shuffle).
 * @param b    packed B: for each step, 8 values.
 * @param c    overwritten; rows are `ldc` bytes apart.
 * @param init initial values; rows are `ldInit` bytes apart: C itself accumulates, a bias has distance 0.
 * @param low  lower bound of the result: 0 is relu, -Infinity none. Computed by `pmax`, which is one
 *   instruction where `max` is eight, and which also keeps NaN on its left.
 */
// prettier-ignore
function tile(a: usize, b: usize, k: i32, c: usize, ldc: usize, init: usize, ldInit: usize, low: f32): void {
  let c00 = v128.load(init), c01 = v128.load(init, 16);
  init += ldInit;
  let c10 = v128.load(init), c11 = v128.load(init, 16);
  init += ldInit;
  let c20 = v128.load(init), c21 = v128.load(init, 16);
  init += ldInit;
  let c30 = v128.load(init), c31 = v128.load(init, 16);
  init += ldInit;
  let c40 = v128.load(init), c41 = v128.load(init, 16);
  init += ldInit;
  let c50 = v128.load(init), c51 = v128.load(init, 16);

  const end = a + <usize>k * A_STEP;
  while (a < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load(a, 16);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load(a, 32);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load(a, 48);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    const a4 = v128.load(a, 64);
    c40 = f32x4.add(c40, f32x4.mul(a4, b0));
    c41 = f32x4.add(c41, f32x4.mul(a4, b1));
    const a5 = v128.load(a, 80);
    c50 = f32x4.add(c50, f32x4.mul(a5, b0));
    c51 = f32x4.add(c51, f32x4.mul(a5, b1));
    a += A_STEP;
    b += B_STEP;
  }

  const l = f32x4.splat(low);
  v128.store(c, f32x4.pmax(c00, l)); v128.store(c, f32x4.pmax(c01, l), 16);
  c += ldc;
  v128.store(c, f32x4.pmax(c10, l)); v128.store(c, f32x4.pmax(c11, l), 16);
  c += ldc;
  v128.store(c, f32x4.pmax(c20, l)); v128.store(c, f32x4.pmax(c21, l), 16);
  c += ldc;
  v128.store(c, f32x4.pmax(c30, l)); v128.store(c, f32x4.pmax(c31, l), 16);
  c += ldc;
  v128.store(c, f32x4.pmax(c40, l)); v128.store(c, f32x4.pmax(c41, l), 16);
  c += ldc;
  v128.store(c, f32x4.pmax(c50, l)); v128.store(c, f32x4.pmax(c51, l), 16);
}

/** A tile of which only the first `rows` and `cols` are inside C; `edge` is EDGE_BYTES of scratch. */
function edgeTile(
  a: usize, b: usize, k: i32, c: usize, ldc: usize, init: usize, ldInit: usize, low: f32,
  rows: i32, cols: i32, edge: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const from = init + <usize>i * ldInit;
    const to = edge + <usize>i * B_STEP;
    for (let j = 0; j < cols; j++) store<f32>(to + (<usize>j << 2), load<f32>(from + (<usize>j << 2)));
  }
  tile(a, b, k, edge, B_STEP, edge, B_STEP, low);
  for (let i = 0; i < rows; i++) {
    const from = edge + <usize>i * B_STEP;
    const to = c + <usize>i * ldc;
    for (let j = 0; j < cols; j++) store<f32>(to + (<usize>j << 2), load<f32>(from + (<usize>j << 2)));
  }
}

/**
 * One strip of C, `rows` (at most 6) high and `cols` wide, from packed A and the panels of packed B.
 *
 * @param b      first panel, at the first of the `k` steps; panels are `panelBytes` apart.
 * @param bias   of the first panel, 8 values, panels `panelBytes` apart; 0 accumulates into C instead.
 */
export function strip(
  a: usize, b: usize, panelBytes: usize, k: i32, c: usize, ldc: usize, bias: usize, low: f32,
  rows: i32, cols: i32, edge: usize,
): void {
  for (let j = 0; j < cols; j += TILE_COLS) {
    const init = bias ? bias : c;
    const ldInit: usize = bias ? 0 : ldc;
    const left = cols - j;
    if (rows == TILE_ROWS && left >= TILE_COLS) tile(a, b, k, c, ldc, init, ldInit, low);
    else edgeTile(a, b, k, c, ldc, init, ldInit, low, rows, min(left, TILE_COLS), edge);
    b += panelBytes;
    if (bias) bias += panelBytes;
    c += B_STEP;
  }
}
