import { int, ptr } from "./args.as";

/** Elements that one chunk of an element-wise kernel covers. */
export const SPAN = 16384;

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
