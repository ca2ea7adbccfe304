import { A_STEP, B_STEP, TILE_COLS, TILE_ROWS } from "./shared-sizes";
import { transpose4 } from "./transpose.as";

/** Stores `n` consecutive floats as row `i` of packed A: one step apart, each in 4 lanes. */
// @ts-ignore: decorator
@inline
export function packRun(to: usize, from: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const v = v128.load(from);
    v128.store(to, v128.shuffle<u32>(v, v, 0, 0, 0, 0));
    v128.store(to, v128.shuffle<u32>(v, v, 1, 1, 1, 1), 96);
    v128.store(to, v128.shuffle<u32>(v, v, 2, 2, 2, 2), 192);
    v128.store(to, v128.shuffle<u32>(v, v, 3, 3, 3, 3), 288);
    to += 4 * A_STEP;
    from += 16;
  }
  for (; i < n; i++) {
    v128.store(to, f32x4.splat(load<f32>(from)));
    to += A_STEP;
    from += 4;
  }
}

/** Stores `n` floats `distance` bytes apart as one row of packed A. */
// @ts-ignore: decorator
@inline
export function packStrided(to: usize, from: usize, distance: usize, n: i32): void {
  for (let i = 0; i < n; i++) {
    v128.store(to, f32x4.splat(load<f32>(from)));
    to += A_STEP;
    from += distance;
  }
}

/** Stores `n` zeros as one row of packed A. */
// @ts-ignore: decorator
@inline
export function packZeros(to: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < n; i++) {
    v128.store(to, zero);
    to += A_STEP;
  }
}

/** Six rows of A, row-major with `lda` bytes between rows, `rows` of which exist; the others become 0. */
export function packRows(to: usize, a: usize, lda: usize, rows: i32, k: i32): void {
  for (let i = 0; i < TILE_ROWS; i++) {
    if (i < rows) packRun(to + (<usize>i << 4), a + <usize>i * lda, k);
    else packZeros(to + (<usize>i << 4), k);
  }
}

/** Like `packRows`, from a transposed A: element (i, k) is at `a + i * 4 + k * lda`. */
export function packColumns(to: usize, a: usize, lda: usize, rows: i32, k: i32): void {
  if (rows == TILE_ROWS) {
    for (let p = 0; p < k; p++) {
      const v = v128.load(a);
      v128.store(to, v128.shuffle<u32>(v, v, 0, 0, 0, 0));
      v128.store(to, v128.shuffle<u32>(v, v, 1, 1, 1, 1), 16);
      v128.store(to, v128.shuffle<u32>(v, v, 2, 2, 2, 2), 32);
      v128.store(to, v128.shuffle<u32>(v, v, 3, 3, 3, 3), 48);
      v128.store(to, f32x4.splat(load<f32>(a, 16)), 64);
      v128.store(to, f32x4.splat(load<f32>(a, 20)), 80);
      to += A_STEP;
      a += lda;
    }
    return;
  }
  for (let i = 0; i < TILE_ROWS; i++) {
    if (i < rows) packStrided(to + (<usize>i << 4), a + (<usize>i << 2), lda, k);
    else packZeros(to + (<usize>i << 4), k);
  }
}

/** One panel of B: `k` steps of 8 columns, of which `cols` exist; step p, column j is at `b + p·stepBytes + j·4`. */
export function packPanel(to: usize, b: usize, stepBytes: usize, cols: i32, k: i32): void {
  for (let p = 0; p < k; p++) {
    if (cols >= TILE_COLS) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, 16), 16);
    } else {
      for (let j = 0; j < TILE_COLS; j++) {
        store<f32>(to + (<usize>j << 2), j < cols ? load<f32>(b + (<usize>j << 2)) : 0);
      }
    }
    to += B_STEP;
    b += stepBytes;
  }
}

/** Like `packPanel`, from a transposed B: step p, column j is at `b + p·4 + j·colBytes`. */
export function packPanelTransposed(to: usize, b: usize, colBytes: usize, cols: i32, k: i32): void {
  if (cols < TILE_COLS) memory.fill(to, 0, <usize>k * B_STEP);
  let p = 0;
  if (cols >= TILE_COLS) {
    for (; p + 4 <= k; p += 4) {
      transpose4(to, B_STEP, b, colBytes);
      transpose4(to + 16, B_STEP, b + 4 * colBytes, colBytes);
      to += 4 * B_STEP;
      b += 16;
    }
  }
  for (; p < k; p++) {
    for (let j = 0; j < min(cols, TILE_COLS); j++) {
      store<f32>(to + (<usize>j << 2), load<f32>(b + <usize>j * colBytes));
    }
    to += B_STEP;
    b += 4;
  }
}
