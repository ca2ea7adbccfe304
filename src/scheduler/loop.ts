import type { Timers } from "./timers.ts";

/** A repeated call that can be stopped. */
export interface Loop {
  /** Prevents further calls; resolves when the current one, if any, has ended. */
  stop(): Promise<void>;
}

/**
 * Calls `work` every `intervalMs`, the first time after one interval. The next interval starts when the previous
 * call has ended, so calls never overlap. Errors are passed to `onError`, and the loop continues.
 */
export function every(
  timers: Timers,
  intervalMs: number,
  work: () => unknown,
  onError: (error: unknown) => void,
): Loop {
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
    if (!isStopped) cancel = schedule();
  }
  function schedule(): () => void {
    return timers.after(intervalMs, () => {
      underWay = turn();
    });
  }

  let cancel = schedule();
  return {
    stop() {
      isStopped = true;
      cancel();
      return underWay;
    },
  };
}
