import { int, ptr } from "./args.as";
import { SPAN } from "./reduce.as";

/**
 * dx[i] = x[i] > 0 ? dy[i] : 0, for a span of `n` elements.
 *
 * args: x, dy, dx, n
 */
export function reluGrad(args: usize, chunk: i32, _scratch: usize): void {
  const first = chunk * SPAN;
  const count = min(int(args, 3) - first, SPAN);
  let x = ptr(args, 0) + (<usize>first << 2);
  let dy = ptr(args, 1) + (<usize>first << 2);
  let dx = ptr(args, 2) + (<usize>first << 2);
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
