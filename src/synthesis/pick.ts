import type { Random } from "../lib/random.ts";

/** Returns a random item with a probability proportional to its weight. @param items at least one, weights above 0. */
export function pick<T extends { weight: number }>(items: readonly T[], random: Random): T {
  let left = random.next() * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return items.at(-1)!;
}
