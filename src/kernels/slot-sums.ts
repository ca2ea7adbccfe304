import type { KernelContext } from "./kernel-context.ts";
import type { ArgumentsOf } from "./thread-pool/kernel-arguments.ts";
import { SPAN } from "./wasm/shared-sizes.ts";

/** Number of groups that are summed separately, the same for any number of threads, so results do not depend on it. */
const MAX_GROUPS = 16;

/**
 * Splits rows or images into groups of equal size, the last one possibly smaller, for sums with one slot per group.
 *
 * @param n    items, at least 1.
 * @param most most groups that there is room for, at least 1; there are never more than 16.
 */
export function splitIntoGroups(n: number, most = MAX_GROUPS): { groups: number; perGroup: number } {
  const perGroup = Math.ceil(n / Math.min(n, most, MAX_GROUPS));
  return { groups: Math.ceil(n / perGroup), perGroup };
}

/**
 * out[i] = Σ slot  partial[slot][i], in the order of the slots.
 *
 * @param args.partial pointer to float32 [slots, size].
 * @param args.out     pointer to float32 [size], overwritten.
 */
export function sumSlots(context: KernelContext, args: ArgumentsOf<"sumSlots">): void {
  context.pool.run("sumSlots", { chunks: Math.ceil(args.size / SPAN), args });
}
