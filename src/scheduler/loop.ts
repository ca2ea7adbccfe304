import type { Timers } from "./timers.ts";

export interface Loop {
  /** No further call begins; resolves when the one under way, if any, has ended. */
  stop(): Promise<void>;
}

/**
 * Calls `work` every `intervalMs`, the first time after one interval. The next interval begins when the call
 * before has ended, so calls never overlap. One that throws is told to `onError`, and the loop goes on.
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
