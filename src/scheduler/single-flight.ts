/**
 * A version of `work` that never runs twice at once. Calls that come while it runs share one more run after it,
 * so that what they were called for is seen.
 *
 * @returns a function that resolves when a run that began after the call has ended. It rejects with what that
 *   run threw.
 */
export function singleFlight(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function run(): Promise<void> {
    running = work().finally(() => {
      running = null;
    });
    return running;
  }

  return () => {
    if (running === null) return run();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return run();
      });
    return next;
  };
}
