import { ReluGradArguments, ReluGradSumArguments } from "../../../build/kernel-arguments.as";
import { SPAN } from "./shared-sizes";

/** dx[i] = x[i] > 0 ? dy[i] : 0, for a span of `size` elements. */
export function reluGrad(args: ReluGradArguments, chunk: i32, _scratch: usize): void {
  const first = chunk * SPAN;
  const count = min(args.size - first, SPAN);
  let x = args.x + (<usize>first << 2);
  let dy = args.dy + (<usize>first << 2);
  let dx = args.dx + (<usize>first << 2);
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(x), zero)));
    x += 16;
    dy += 16;
    dx += 16;
  }
  for (; i < count; i++) {
    store<f32>(dx, load<f32>(x) > 0 ? load<f32>(dy) : 0);
    x += 4;
    dy += 4;
    dx += 4;
  }
}

/**
 * dz[i, j] = y[i, j] > 0 ? dy[i, j] : 0 for a group of rows of [rows, cols], and the group's sum over its rows in
 * the slot of `partial` that belongs to the chunk: the gradients of relu and of a bias in one pass.
 * `partial` is [chunks, cols].
 */
export function reluGradSum(args: ReluGradSumArguments, chunk: i32, _scratch: usize): void {
  const cols = args.cols;
  const rowsAChunk = args.rowsAChunk;
  const first = chunk * rowsAChunk;
  const rows = min(args.rows - first, rowsAChunk);
  const rowBytes = <usize>cols << 2;
  const start = <usize>first * rowBytes;
  const y = args.y + start;
  const dy = args.dy + start;
  const dz = args.dz + start;
  const sums = args.partial + <usize>chunk * rowBytes;
  const zero = f32x4.splat(0);
  let j: usize = 0;
  for (; j + 32 <= rowBytes; j += 32) {
    let s0 = zero;
    let s1 = zero;
    let at = j;
    for (let i = 0; i < rows; i++) {
      const g0 = v128.and(v128.load(dy + at), f32x4.gt(v128.load(y + at), zero));
      const g1 = v128.and(v128.load(dy + at, 16), f32x4.gt(v128.load(y + at, 16), zero));
      v128.store(dz + at, g0);
      v128.store(dz + at, g1, 16);
      s0 = f32x4.add(s0, g0);
      s1 = f32x4.add(s1, g1);
      at += rowBytes;
    }
    v128.store(sums + j, s0);
    v128.store(sums + j, s1, 16);
  }
  for (; j < rowBytes; j += 4) {
    let sum: f32 = 0;
    let at = j;
    for (let i = 0; i < rows; i++) {
      const g: f32 = load<f32>(y + at) > 0 ? load<f32>(dy + at) : 0;
      store<f32>(dz + at, g);
      sum += g;
      at += rowBytes;
    }
    store<f32>(sums + j, sum);
  }
}
