/**
 * The drawings to leave out so that no group (writer or session) has more than a share of those that are kept, where
 * there are enough groups for a fair share. Of a group above it, the first drawings are kept, so that the choice stays
 * the same as others arrive.
 *
 * The limit is the share of what is kept, which itself depends on the limit: it is the greatest whole number m of
 * drawings per group with m ≤ cap · Σ min(n, m).
 *
 * @param groups [N], equal for drawings of the same group.
 * @param cap    largest share of one group, 0..1; 1 for no limit.
 * @param from   least number of groups.
 * @returns positions, ascending.
 */
export function beyondCap(groups: Uint32Array, cap: number, from: number): number[] {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  if (sizes.size < from || cap >= 1) return [];
  const most = limitOf([...sizes.values()], cap);
  const seen = new Map<number, number>();
  return Array.from(groups.keys()).filter((i) => {
    const n = (seen.get(groups[i]!) ?? 0) + 1;
    seen.set(groups[i]!, n);
    return n > most;
  });
}

/** At least 1: a group never loses all of its drawings. */
function limitOf(sizes: readonly number[], cap: number): number {
  const kept = (most: number) => sizes.reduce((sum, size) => sum + Math.min(size, most), 0);
  let most = Math.max(...sizes);
  while (most > 1 && most > cap * kept(most))
    most = Math.max(1, Math.min(most - 1, Math.floor(cap * kept(most))));
  return most;
}
