/** The shortest and the longest rest, in milliseconds. */
const [SHORTEST_MS, LONGEST_MS] = [10, 500];
/** How many times as long as the work the rest is. */
const SHARE = 5;

/**
 * Returns how long background work rests, in milliseconds, so that requests come first: five times as long as the work
 * took, and 10 to 500. On a machine that others keep busy the same work takes longer, and so it takes a smaller share
 * there.
 *
 * @param workMs how long the last piece of work has taken, in milliseconds.
 */
export function restMs(workMs: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, SHARE * workMs));
}
