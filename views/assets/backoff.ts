const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Delay before the next attempt, in ms: 1 s, 2 s, 4 s, ... up to 30 s, each spread over ±25 % so that many open pages
 * do not reconnect at the same moment.
 *
 * @param attempt 1 for the first retry.
 * @param random 0..1.
 * @param leastMs the time that the server has asked to wait: many that were told the same do not come at once either.
 */
export function retryDelayMs(attempt: number, random: number, leastMs = 0): number {
  const delay = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(Math.max(delay * (0.75 + 0.5 * random), leastMs * (1 + 0.25 * random)));
}
