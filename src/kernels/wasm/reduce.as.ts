import { SumRowsArguments, SumSlotsArguments } from "../../../build/kernel-arguments.as";
import { SPAN } from "./shared-sizes";

/**
 * out[i] = Σ slot  partial[slot][i], slots in order, for a span of `size` elements.
 */
export function sumSlots(args: SumSlotsArguments, chunk: i32, _scratch: usize): void {
  const slots = args.slots;
  const n = args.size;
  const distance = <usize>n << 2;
  const first = chunk * SPAN;
  const end = min(n, first + SPAN);
  let i = first;
  for (; i + 4 <= end; i += 4) {
    let from = args.partial + (<usize>i << 2);
    let sum = v128.load(from);
    for (let slot = 1; slot < slots; slot++) {
      from += distance;
      sum = f32x4.add(sum, v128.load(from));
    }
    v128.store(args.out + (<usize>i << 2), sum);
  }
  for (; i < end; i++) {
    let from = args.partial + (<usize>i << 2);
    let sum = load<f32>(from);
    for (let slot = 1; slot < slots; slot++) {
      from += distance;
      sum += load<f32>(from);
    }
    store<f32>(args.out + (<usize>i << 2), sum);
  }
}

/**
 * The sum of a group of rows of x [rows, cols], in the slot of `partial` that belongs to the chunk.
 * `partial` is [chunks, cols].
 */
export function sumRows(args: SumRowsArguments, chunk: i32, _scratch: usize): void {
  const cols = args.cols;
  const rowsAChunk = args.rowsAChunk;
  const first = chunk * rowsAChunk;
  const rows = min(args.rows - first, rowsAChunk);
  const rowBytes = <usize>cols << 2;
  let x = args.x + <usize>first * rowBytes;
  let to = args.partial + <usize>chunk * rowBytes;
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
