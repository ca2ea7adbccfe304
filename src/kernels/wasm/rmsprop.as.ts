import { RmsPropStepArguments } from "../../../build/kernel-arguments.as";
import { SPAN } from "./shared-sizes";

/**
 * One step of RMSprop for a span of `size` weights; the new values are written to separate memory.
 *
 *   m' = rho·m + (1 − rho)·g²
 *   w' = w − rate·g / √(m' + epsilon)
 */
export function rmsPropStep(args: RmsPropStepArguments, chunk: i32, _scratch: usize): void {
  const first = chunk * SPAN;
  const count = min(args.size - first, SPAN);
  const start = <usize>first << 2;
  const end = start + (<usize>count << 2);
  const w = args.weight;
  const m = args.square;
  const g = args.gradient;
  const newW = args.newWeight;
  const newM = args.newSquare;
  const rate = args.learningRate;
  const rho = args.rho;
  const epsilon = args.epsilon;
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
