import { ListNonZerosArguments, SparseProductArguments } from "../../../build/kernel-arguments.as";
import { ENTRY_BYTES, SPARSE_BLOCK, SPARSE_BLOCK_BYTES } from "./shared-sizes";
import { transpose4 } from "./transpose.as";

/**
 * Products of a matrix in which most values are 0, such as the gradient of a dense layer's output after relu and
 * dropout, with a dense one. Only non-zero values are multiplied.
 */

/**
 * Lists the non-zero values of each row of S [rows, cols]: the column, as an offset into a block, and the value.
 * One chunk. `transposed`: S is stored as [cols, rows]; `starts` is rows + 1 words, `entries` has room for
 * rows·cols + 1 of them.
 */
export function listNonZeros(args: ListNonZerosArguments, _chunk: i32, _scratch: usize): void {
  const s = args.s;
  const transposed = args.transposed;
  const rows = args.rows;
  const cols = args.cols;
  const starts = args.starts;
  let to = args.entries;
  const step: usize = transposed ? <usize>rows << 2 : 4;
  for (let row = 0; row < rows; row++) {
    store<u32>(starts + (<usize>row << 2), to);
    let from = s + (<usize>(transposed ? row : row * cols) << 2);
    for (let col: usize = 0; col < <usize>cols; col++) {
      const value = load<f32>(from);
      store<u32>(to, col * SPARSE_BLOCK_BYTES);
      store<f32>(to, value, 4);
      to += <usize>i32(value != 0) << 3;
      from += step;
    }
  }
  store<u32>(starts + (<usize>rows << 2), to);
}

/**
 * 48 columns, block number `chunk`, of C [rows, P] = S · D.
 *
 * `starts` is from `listNonZeros`; P is `width`. A transposed D is stored as [P, depth], a transposed C as [P, rows].
 * Scratch: SPARSE_BLOCK_BYTES for each of depth + rows.
 */
export function sparseProduct(args: SparseProductArguments, chunk: i32, scratch: usize): void {
  const starts = args.starts;
  const rows = args.rows;
  const depth = args.depth;
  const width = args.width;
  const first = chunk * SPARSE_BLOCK;
  const cols = min(SPARSE_BLOCK, width - first);
  const block = scratch;
  const sums = scratch + <usize>depth * SPARSE_BLOCK_BYTES;
  if (args.transposedD) transposeInto(block, args.d + ((<usize>first * depth) << 2), cols, depth);
  else copyRows(block, SPARSE_BLOCK_BYTES, args.d + (<usize>first << 2), <usize>width << 2, depth, cols);
  const transposed = args.transposedOut;
  const isWhole = !transposed && cols == SPARSE_BLOCK;
  const c = args.out + (<usize>first << 2);
  for (let row = 0; row < rows; row++) {
    const at = starts + (<usize>row << 2);
    sumRows12(isWhole ? c + ((<usize>row * width) << 2) : sums + <usize>row * SPARSE_BLOCK_BYTES, load<u32>(at), load<u32>(at, 4), block);
  }
  if (transposed) transposeOut(args.out + ((<usize>first * rows) << 2), sums, rows, cols);
  else if (!isWhole) copyRows(c, <usize>width << 2, sums, SPARSE_BLOCK_BYTES, rows, cols);
}

/** Σ over a list: value · row of the block. */
function sumRows12(to: usize, entry: usize, end: usize, block: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0, s8 = s0, s9 = s0, s10 = s0, s11 = s0;
  for (; entry < end; entry += ENTRY_BYTES) {
    const row = block + <usize>load<u32>(entry);
    const value = v128.load32_splat(entry, 4);
    s0 = f32x4.add(s0, f32x4.mul(value, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(value, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(value, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(value, v128.load(row, 48)));
    s4 = f32x4.add(s4, f32x4.mul(value, v128.load(row, 64)));
    s5 = f32x4.add(s5, f32x4.mul(value, v128.load(row, 80)));
    s6 = f32x4.add(s6, f32x4.mul(value, v128.load(row, 96)));
    s7 = f32x4.add(s7, f32x4.mul(value, v128.load(row, 112)));
    s8 = f32x4.add(s8, f32x4.mul(value, v128.load(row, 128)));
    s9 = f32x4.add(s9, f32x4.mul(value, v128.load(row, 144)));
    s10 = f32x4.add(s10, f32x4.mul(value, v128.load(row, 160)));
    s11 = f32x4.add(s11, f32x4.mul(value, v128.load(row, 176)));
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
  v128.store(to, s4, 64);
  v128.store(to, s5, 80);
  v128.store(to, s6, 96);
  v128.store(to, s7, 112);
  v128.store(to, s8, 128);
  v128.store(to, s9, 144);
  v128.store(to, s10, 160);
  v128.store(to, s11, 176);
}

/** Copies rows of `cols` floats. */
function copyRows(to: usize, toBytes: usize, from: usize, fromBytes: usize, rows: i32, cols: i32): void {
  const bytes = <usize>cols << 2;
  for (let row = 0; row < rows; row++) {
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
    for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
    to += toBytes;
    from += fromBytes;
  }
}

/** Transposes the `cols` rows of a transposed D into a block of `depth` rows. */
function transposeInto(block: usize, from: usize, cols: i32, depth: i32): void {
  const line = <usize>depth << 2;
  let p = 0;
  for (; p + 4 <= cols; p += 4) {
    const at = from + <usize>p * line;
    const to = block + (<usize>p << 2);
    let i: usize = 0;
    for (; i + 4 <= <usize>depth; i += 4) transpose4(to + i * SPARSE_BLOCK_BYTES, SPARSE_BLOCK_BYTES, at + (i << 2), line);
    for (; i < <usize>depth; i++) {
      for (let q: usize = 0; q < 4; q++) store<f32>(to + i * SPARSE_BLOCK_BYTES + (q << 2), load<f32>(at + q * line + (i << 2)));
    }
  }
  for (; p < cols; p++) {
    for (let i: usize = 0; i < <usize>depth; i++) {
      store<f32>(block + i * SPARSE_BLOCK_BYTES + (<usize>p << 2), load<f32>(from + <usize>p * line + (i << 2)));
    }
  }
}

/** Transposes the block's first `cols` columns into rows of `rows` floats. */
function transposeOut(to: usize, block: usize, rows: i32, cols: i32): void {
  const line = <usize>rows << 2;
  let p = 0;
  for (; p + 4 <= cols; p += 4) {
    const at = block + (<usize>p << 2);
    const lines = to + <usize>p * line;
    let i: usize = 0;
    for (; i + 4 <= <usize>rows; i += 4) transpose4(lines + (i << 2), line, at + i * SPARSE_BLOCK_BYTES, SPARSE_BLOCK_BYTES);
    for (; i < <usize>rows; i++) {
      for (let q: usize = 0; q < 4; q++) store<f32>(lines + q * line + (i << 2), load<f32>(at + i * SPARSE_BLOCK_BYTES + (q << 2)));
    }
  }
  for (; p < cols; p++) {
    for (let i: usize = 0; i < <usize>rows; i++) {
      store<f32>(to + <usize>p * line + (i << 2), load<f32>(block + i * SPARSE_BLOCK_BYTES + (<usize>p << 2)));
    }
  }
}
