import { MOST_KEYS } from "./rate-limiter.ts";

const MINUTE_MS = 60_000;

/**
 * Limits attempts by each key to a number in any minute. Exact, unlike `RateLimiter`, which gives some back within the
 * minute: it keeps the time of each attempt, so it is for small numbers.
 */
export class Attempts {
  /** Times of the attempts of the last minute, oldest first; the keys in the order in which they were seen. */
  readonly #times = new Map<string, number[]>();
  readonly #most: number;
  readonly #mostKeys: number;

  /** @param most attempts in any minute. */
  constructor(most: number, mostKeys = MOST_KEYS) {
    this.#most = most;
    this.#mostKeys = mostKeys;
  }

  /** Number of keys that are remembered. */
  get size(): number {
    return this.#times.size;
  }

  /**
   * Counts an attempt, if one is possible now.
   * @param nowMs of a clock that cannot be set.
   * @returns 0 when it is counted, else the milliseconds after which one is possible.
   */
  take(key: string, nowMs: number): number {
    const recent = (this.#times.get(key) ?? []).filter((atMs) => nowMs - atMs < MINUTE_MS);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= this.#most) return oldest + MINUTE_MS - nowMs;
    this.#put(key, [...recent, nowMs]);
    return 0;
  }

  /** Undoes what `take` has counted last. */
  giveBack(key: string): void {
    const times = this.#times.get(key)?.slice(0, -1);
    if (times === undefined) return;
    if (times.length === 0) this.#times.delete(key);
    else this.#put(key, times);
  }

  #put(key: string, times: number[]): void {
    this.#times.delete(key);
    this.#times.set(key, times);
    if (this.#times.size <= this.#mostKeys) return;
    const [oldest] = this.#times.keys();
    if (oldest !== undefined) this.#times.delete(oldest);
  }
}
