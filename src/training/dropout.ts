import * as tf from "../kernels/tf.ts";
import type { Random } from "../lib/random.ts";
import type { Dropout } from "./forward.ts";

/**
 * Inverted dropout whose masks are decided by a stream of random numbers: tfjs's own draws the same mask in
 * every step once it is given a seed. A value is kept with probability 1 − rate, then divided by 1 − rate.
 */
export function seededDropout(random: Random): Dropout {
  return (x, rate) => {
    if (rate === 0) return x;
    const mask = dropoutMask(x.size, rate, random.int(0x7fffffff));
    return tf.mul(x, tf.tensor(mask, x.shape));
  };
}

/**
 * Zeros with probability `rate`, else 1 / (1 − rate). Masks are large (over a million values a step), so this
 * is xorshift32 in one plain loop.
 *
 * @param rate 0..1, 1 excluded.
 * @param seed a whole number 0..2³¹−1.
 *
 * Source: G. Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (14), 2003.
 */
export function dropoutMask(size: number, rate: number, seed: number): Float32Array<ArrayBuffer> {
  const mask = new Float32Array(size);
  const kept = 1 / (1 - rate);
  const dropped = Math.round(rate * 0x8000_0000);
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  for (let i = 0; i < size; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // The sign bit of (dropped - 1 - x): 1 where x, the upper 31 bits, is kept. A branch would be guessed wrong.
    mask[i] = kept * ((dropped - 1 - (state >>> 1)) >>> 31);
  }
  return mask;
}
