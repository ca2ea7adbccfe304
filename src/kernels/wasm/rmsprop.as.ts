import { float, int, ptr } from "./args.as";
import { SPAN } from "./sizes";

/**
 * One step of RMSprop for a span of `n` weights; the new values go to places of their own.
 *
 *   m' = rho·m + (1 − rho)·g²
 *   w' = w − rate·g / √(m' + epsilon)
 *
 * args: w, m, g, w', m', n, rate, rho, epsilon
 */
export function rmsPropStep(args: usize, chunk: i32, _scratch: usize): void {
  const first = chunk * SPAN;
  const count = min(int(args, 5) - first, SPAN);
  const start = <usize>first << 2;
  const end = start + (<usize>count << 2);
  const w = ptr(args, 0);
  const m = ptr(args, 1);
  const g = ptr(args, 2);
  const newW = ptr(args, 3);
  const newM = ptr(args, 4);
  const rate = float(args, 6);
  const rho = float(args, 7);
  const epsilon = float(args, 8);
  let i = start;
  for (; i + 16 <= end; i += 16) {
    const gradient = v128.load(g + i);
    const fresh = f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(1 - rho));
    const square = f32x4.add(f32x4.mul(v128.load(m + i), f32x4.splat(rho)), fresh);
    const root = f32x4.sqrt(f32x4.add(square, f32x4.splat(epsilon)));
    v128.store(newM + i, square);
    v128.store(newW + i, f32x4.sub(v128.load(w + i), f32x4.div(f32x4.mul(gradient, f32x4.splat(rate)), root)));
  }
  for (; i < end; i += 4) {
    const gradient = load<f32>(g + i);
    const square = load<f32>(m + i) * rho + gradient * gradient * (1 - rho);
    store<f32>(newM + i, square);
    store<f32>(newW + i, load<f32>(w + i) - (gradient * rate) / sqrt<f32>(square + epsilon));
  }
}
