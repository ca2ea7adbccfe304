const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Waits for the first signal that tells this process to stop. A second one ends it immediately, as by default.
 *
 * @param orEndOfInput whether the end of standard input counts as such a signal: the parent process has then ended.
 * @returns `received` resolves with the first signal; `release` removes all listeners.
 */
export function stopSignal({ orEndOfInput = false } = {}): { received: Promise<void>; release(): void } {
  const { promise: received, resolve } = Promise.withResolvers<void>();
  const stop = () => {
    release();
    resolve();
  };
  const release = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    if (orEndOfInput) process.stdin.off("end", stop).pause();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  if (orEndOfInput) process.stdin.on("end", stop).resume();
  return { received, release };
}
