import type { Clock } from "../../lib/clock.ts";

/**
 * Returns `load` with a cache of `maxAgeMs`: calls within that time share one result, and an error is not cached. Many
 * open pages then cost the store as much as one.
 */
export function sharedFor<T>(clock: Clock, maxAgeMs: number, load: () => Promise<T>): () => Promise<T> {
  let loadedAtMs = Number.NEGATIVE_INFINITY;
  let value: Promise<T> | null = null;
  return () => {
    const nowMs = clock.now().getTime();
    // When the clock was set back, the cached result must not live longer.
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
