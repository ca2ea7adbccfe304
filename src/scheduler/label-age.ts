/**
 * The age of the oldest new label: the longer of the time by the clock and the time since this process first saw it. So
 * a label that arrived while the clock was ahead does not seem to arrive in the future once the clock is set back.
 */
export class LabelAge {
  #arrival: string | null = null;
  #seenMs = 0;

  /** @param nowMs Unix time. @param monotonicMs on a clock that cannot be set. @returns ms; null without a label. */
  of(oldest: { arrival: string; at: string } | null, nowMs: number, monotonicMs: number): number | null {
    if (oldest === null) return null;
    if (oldest.arrival !== this.#arrival) {
      this.#arrival = oldest.arrival;
      this.#seenMs = monotonicMs;
    }
    return Math.max(nowMs - Date.parse(oldest.at), monotonicMs - this.#seenMs);
  }
}
