/** Timers, passed in so that a test can let hours pass at once. */
export interface Timers {
  /** Milliseconds on a clock that cannot be set; only differences are meaningful. */
  monotonicMs(): number;
  /** Calls `work` once, after `delayMs`. @returns a function that cancels the call. */
  after(delayMs: number, work: () => void): () => void;
}

/** The timers of this process. */
export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};
