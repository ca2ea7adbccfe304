/**
 * Returns a version of `work` that never runs twice at once. Calls that arrive while it runs share one more run
 * after it, which sees everything that happened before those calls.
 *
 * @returns a function that resolves when a run that started after the call has ended. It rejects with the error of
 *   that run.
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
