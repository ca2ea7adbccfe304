import { SeededDropoutArguments } from "../../../build/kernel-arguments.as";
import { SPAN } from "./shared-sizes";

/**
 * y[i] = x[i] · scale where the hash of i and the seed is at least the threshold, else 0, for a span of `size` elements.
 *
 * The hash is murmur3's finaliser with the seed mixed in between its rounds; its upper 31 bits are compared.
 *
 * `threshold` is 0..2³¹.
 * Source: A. Appleby, MurmurHash3, `fmix32`.
 */
export function seededDropout(args: SeededDropoutArguments, chunk: i32, _scratch: usize): void {
  const first = chunk * SPAN;
  const count = min(args.size - first, SPAN);
  let x = args.x + (<usize>first << 2);
  let y = args.y + (<usize>first << 2);
  const seed = args.seed;
  const scale = args.scale;
  const below = args.threshold - 1;
  let index = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    let h = i32x4.mul(index, i32x4.splat(<i32>0x9e3779b1));
    h = v128.xor(h, i32x4.shr_u(h, 16));
    h = i32x4.mul(v128.xor(h, i32x4.splat(seed)), i32x4.splat(<i32>0x85ebca6b));
    h = v128.xor(h, i32x4.shr_u(h, 13));
    h = i32x4.mul(h, i32x4.splat(<i32>0xc2b2ae35));
    h = v128.xor(h, i32x4.shr_u(h, 16));
    const kept = i32x4.gt_s(i32x4.shr_u(h, 1), i32x4.splat(below));
    v128.store(y, v128.and(f32x4.mul(v128.load(x), f32x4.splat(scale)), kept));
    index = i32x4.add(index, i32x4.splat(4));
    x += 16;
    y += 16;
  }
  for (; i < count; i++) {
    let h = (first + i) * <i32>0x9e3779b1;
    h ^= h >>> 16;
    h = (h ^ seed) * <i32>0x85ebca6b;
    h ^= h >>> 13;
    h *= <i32>0xc2b2ae35;
    h ^= h >>> 16;
    store<f32>(y, h >>> 1 > below ? load<f32>(x) * scale : 0);
    x += 4;
    y += 4;
  }
}
