import type { Clock } from "../../lib/clock.ts";
import { sharedFor } from "./shared.ts";

/** Readers that differ in language or time zone, and views, of which fragments are kept. */
const MAX_KEPT = 200;

/**
 * Fragments that many open pages show: each is rendered once for all of them, and its text is in memory once, however many
 * streams have sent it.
 */
export class SharedFragments {
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  /** The oldest first. */
  readonly #kept = new Map<string, () => Promise<string>>();

  constructor(clock: Clock, maxAgeMs: number) {
    this.#clock = clock;
    this.#maxAgeMs = maxAgeMs;
  }

  /**
   * Returns what renders a fragment, for everyone who asks with this key.
   * @param key of the view and of everything about a reader that the fragment depends on.
   */
  of(key: string, render: () => Promise<string>): () => Promise<string> {
    const found = this.#kept.get(key);
    if (found !== undefined) return found;
    let last = "";
    const shared = sharedFor(this.#clock, this.#maxAgeMs, async () => {
      const html = await render();
      // The same text as before stays the same string.
      if (html !== last) last = html;
      return last;
    });
    this.#kept.set(key, shared);
    if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return shared;
  }
}
