/** Waiting, handed in so that a test can let hours pass at once. */
export interface Timers {
  /** Milliseconds on a clock that nobody can set; only differences mean anything. */
  monotonicMs(): number;
  /** Calls `work` once, after `delayMs`. @returns how to call it off. */
  after(delayMs: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};
