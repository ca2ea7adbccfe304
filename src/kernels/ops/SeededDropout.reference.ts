/** Inverted dropout, one value at a time; see `wasm/dropout.as.ts` for the hash. */
export function seededDropoutReference(x: ArrayLike<number>, rate: number, seed: number): Float64Array {
  const threshold = Math.round(rate * 2 ** 31);
  return Float64Array.from(x, (value, i) => {
    let hash = Math.imul(i, 0x9e3779b1);
    hash ^= hash >>> 16;
    hash = Math.imul(hash ^ seed, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
    return hash >>> 1 >= threshold ? value / (1 - rate) : 0;
  });
}
