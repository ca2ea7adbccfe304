import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers that is fully determined by its seed. Not for secrets. */
export interface Random {
  /** Uniform in [0, 1), in steps of 2⁻³². */
  next(): number;
  /** A whole number, uniform in [0, n). @throws RangeError unless n is a whole number in [1, 2³¹]. */
  int(n: number): number;
  /** Shuffles the array in place (Fisher-Yates) and returns it. */
  shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T;
  /** Normally distributed, mean 0, variance 1 (Box-Muller). Uses log and cos, whose results differ between engines. */
  normal(): number;
  /**
   * Returns another stream that depends only on this one's seed and the label, not on earlier draws,
   * so that an additional draw in one place does not change any other.
   */
  fork(label: string): Random;
}

/**
 * Creates a stream of random numbers.
 * @param seed any whole number; only its lower 32 bits are used.
 * @throws RangeError when it is not a whole number.
 *
 * @example
 * ```ts
 * import { createRandom } from "tegaki";
 *
 * // One seed, one sequence: a node that draws this way can be repeated.
 * const random = createRandom(7).fork("order");
 * random.shuffle(["a", "b", "c", "d"]); // => ["a", "d", "c", "b"]
 * ```
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed must be a whole number, found ${seed}`);
  // Mixed first, so that neighbouring seeds and labels do not give related streams.
  const generator = xoroshiro128plus(mix(seed | 0));
  const random: Random = {
    next: () => (generator.next() >>> 0) / 0x1_0000_0000,
    int(n) {
      if (!Number.isInteger(n) || n < 1 || n > 0x8000_0000) {
        throw new RangeError(`int(n) expects a whole number from 1 to 2147483648, found ${n}`);
      }
      return uniformInt(generator, 0, n - 1);
    },
    shuffle(array) {
      for (let i = array.length - 1; i > 0; i--) {
        const j = random.int(i + 1);
        const kept = array[i];
        array[i] = array[j];
        array[j] = kept;
      }
      return array;
    },
    normal() {
      const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
      return radius * Math.cos(2 * Math.PI * random.next());
    },
    fork: (label) => createRandom(mix((seed | 0) ^ hash(label))),
  };
  return random;
}

/** 32-bit FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

/** The 32-bit finaliser of MurmurHash3: a bijection in which each input bit changes about half the output. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
