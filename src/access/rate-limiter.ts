/** How often something may be done by one key, on average over a minute; as many may come at once. */
export interface Rate {
  readonly perMinute: number;
}

const MINUTE_MS = 60_000;
/** Keys that are remembered; then the one that was seen longest ago is forgotten. */
export const MOST_KEYS = 100_000;

/**
 * Limits how often each key does something: at most `perMinute` at once, and one more every 1/`perMinute` of a minute
 * after that. One number is kept per key: the time at which it would be entirely rested.
 *
 * Source: generic cell rate algorithm, ITU-T I.371.
 */
export class RateLimiter {
  /** In the order in which they were seen. */
  readonly #restedAtMs = new Map<string, number>();
  readonly #mostKeys: number;

  constructor(mostKeys = MOST_KEYS) {
    this.#mostKeys = mostKeys;
  }

  /** Number of keys that are remembered. */
  get size(): number {
    return this.#restedAtMs.size;
  }

  /**
   * Counts `n` of it, if that many are possible now; otherwise nothing is counted.
   * @param nowMs of a clock that cannot be set.
   * @returns 0 when they are counted, else the milliseconds after which they are possible; Infinity when more are
   *   needed than are ever possible at once.
   */
  take(key: string, { perMinute }: Rate, nowMs: number, n = 1): number {
    if (n > perMinute) return Number.POSITIVE_INFINITY;
    const eachMs = MINUTE_MS / perMinute;
    const restedAtMs = Math.max(this.#restedAtMs.get(key) ?? nowMs, nowMs) + n * eachMs;
    const waitMs = restedAtMs - nowMs - MINUTE_MS;
    // Sums of fractions of a minute are not exact.
    if (waitMs > 1e-6) return waitMs;
    this.#put(key, restedAtMs);
    return 0;
  }

  /** Undoes what `take` has counted. */
  giveBack(key: string, { perMinute }: Rate, n = 1): void {
    const restedAtMs = this.#restedAtMs.get(key);
    if (restedAtMs !== undefined) this.#put(key, restedAtMs - (n * MINUTE_MS) / perMinute);
  }

  #put(key: string, restedAtMs: number): void {
    this.#restedAtMs.delete(key);
    this.#restedAtMs.set(key, restedAtMs);
    if (this.#restedAtMs.size <= this.#mostKeys) return;
    const [oldest] = this.#restedAtMs.keys();
    if (oldest !== undefined) this.#restedAtMs.delete(oldest);
  }
}
