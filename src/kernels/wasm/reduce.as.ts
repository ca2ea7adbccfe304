import { int, ptr } from "./args.as";
import { SPAN } from "./sizes";

/**
 * out[i] = Σ slot  partial[slot][i], slots in order, for a span of `n` elements.
 *
 * args: partial, slots, n, out
 */
export function sumSlots(args: usize, chunk: i32, _scratch: usize): void {
  const slots = int(args, 1);
  const n = int(args, 2);
  const distance = <usize>n << 2;
  const first = chunk * SPAN;
  const end = min(n, first + SPAN);
  let i = first;
  for (; i + 4 <= end; i += 4) {
    let from = ptr(args, 0) + (<usize>i << 2);
    let sum = v128.load(from);
    for (let slot = 1; slot < slots; slot++) {
      from += distance;
      sum = f32x4.add(sum, v128.load(from));
    }
    v128.store(ptr(args, 3) + (<usize>i << 2), sum);
  }
  for (; i < end; i++) {
    let from = ptr(args, 0) + (<usize>i << 2);
    let sum = load<f32>(from);
    for (let slot = 1; slot < slots; slot++) {
      from += distance;
      sum += load<f32>(from);
    }
    store<f32>(ptr(args, 3) + (<usize>i << 2), sum);
  }
}

/**
 * The sum of a group of rows of x [rows, cols], in the slot of `partial` that belongs to the chunk.
 *
 * args: x, rows, cols, partial, rows a chunk
 */
export function sumRows(args: usize, chunk: i32, _scratch: usize): void {
  const cols = int(args, 2);
  const rowsAChunk = int(args, 4);
  const first = chunk * rowsAChunk;
  const rows = min(int(args, 1) - first, rowsAChunk);
  const rowBytes = <usize>cols << 2;
  let x = ptr(args, 0) + <usize>first * rowBytes;
  let to = ptr(args, 3) + <usize>chunk * rowBytes;
  let j = 0;
  for (; j + 16 <= cols; j += 16) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let from = x;
    for (let i = 0; i < rows; i++) {
      s0 = f32x4.add(s0, v128.load(from));
      s1 = f32x4.add(s1, v128.load(from, 16));
      s2 = f32x4.add(s2, v128.load(from, 32));
      s3 = f32x4.add(s3, v128.load(from, 48));
      from += rowBytes;
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
    x += 64;
    to += 64;
  }
  for (; j < cols; j++) {
    let sum: f32 = 0;
    let from = x;
    for (let i = 0; i < rows; i++) {
      sum += load<f32>(from);
      from += rowBytes;
    }
    store<f32>(to, sum);
    x += 4;
    to += 4;
  }
}
