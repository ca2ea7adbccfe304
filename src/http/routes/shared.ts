import type { Clock } from "../../lib/clock.ts";

/**
 * `load`, but at most once in `maxAgeMs`: everyone who asks meanwhile gets the same answer. A failure is not
 * kept. Many open pages then cost the store as much as one.
 */
export function sharedFor<T>(clock: Clock, maxAgeMs: number, load: () => Promise<T>): () => Promise<T> {
  let loadedAtMs = Number.NEGATIVE_INFINITY;
  let value: Promise<T> | null = null;
  return () => {
    const nowMs = clock.now().getTime();
    // A clock that was set back must not keep an answer for long.
    const isFresh = nowMs >= loadedAtMs && nowMs - loadedAtMs < maxAgeMs;
    if (value !== null && isFresh) return value;
    loadedAtMs = nowMs;
    const loading = load();
    value = loading;
    loading.catch(() => {
      if (value === loading) value = null;
    });
    return loading;
  };
}
