const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * The first signal that asks this process to stop. A second one ends it at once, as without us.
 *
 * @param orEndOfInput the end of standard input asks as well: whoever holds its other end has died.
 */
export function stopSignal({ orEndOfInput = false } = {}): { asked: Promise<void>; release(): void } {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const ask = () => {
    release();
    resolve();
  };
  const release = () => {
    for (const signal of SIGNALS) process.off(signal, ask);
    if (orEndOfInput) process.stdin.off("end", ask).pause();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  if (orEndOfInput) process.stdin.on("end", ask).resume();
  return { asked, release };
}
