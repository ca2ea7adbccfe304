import type { Clock } from "../../lib/clock.ts";

/** Remembers keys for a while: bounded in number, by dropping the oldest, and in time. */
export class RecentKeys<T> {
  readonly #clock: Clock;
  readonly #keepMs: number;
  readonly #max: number;
  /** In the order in which they were added. */
  readonly #entries = new Map<string, { value: T; untilMs: number }>();

  /** @param max greatest number of keys. @param keepMs how long each is remembered. */
  constructor(clock: Clock, { max, keepMs }: { max: number; keepMs: number }) {
    this.#clock = clock;
    this.#max = max;
    this.#keepMs = keepMs;
  }

  /** Remembers a key from now on; a known one with the new value. */
  add(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, untilMs: this.#clock.now().getTime() + this.#keepMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#max) break;
      this.#entries.delete(oldest);
    }
  }

  /** Returns the value of a key; undefined for one that is unknown, or was remembered too long ago. */
  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.untilMs > this.#clock.now().getTime()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }
}
