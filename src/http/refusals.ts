import type { Log } from "../lib/log.ts";

/** The most statuses that one summary lists; further ones are counted together. */
const MAX_KINDS = 20;
const OTHER = "other";
const MINUTE_MS = 60_000;

/** Counts refused requests (4xx), to summarise them in one line instead of a line each. */
export interface Refusals {
  count(status: number): void;
  /** Logs one line for all since the last call; none when there were none. */
  summarise(): void;
}

/**
 * @param log receives "12 requests refused in the last minute: 9 x 404, 3 x 413".
 * @param monotonicMs a clock that nobody can set.
 */
export function createRefusals(log: Log, monotonicMs: () => number): Refusals {
  const counts = new Map<string, number>();
  let sinceMs = monotonicMs();

  return {
    count(status) {
      const kind = String(status);
      const key = counts.has(kind) || counts.size < MAX_KINDS ? kind : OTHER;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    summarise() {
      const nowMs = monotonicMs();
      const period = periodOf(nowMs - sinceMs);
      sinceMs = nowMs;
      if (counts.size === 0) return;
      // The most frequent first.
      const kinds = [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
      const count = kinds.reduce((sum, [, n]) => sum + n, 0);
      counts.clear();
      const parts = kinds.map(([kind, n]) => `${n} x ${kind}`).join(", ");
      log.info(`${count} ${count === 1 ? "request" : "requests"} refused in the last ${period}: ${parts}`, {
        count,
      });
    },
  };
}

function periodOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return Math.abs(ms - MINUTE_MS) < 1_000 ? "minute" : `${seconds} s`;
}
