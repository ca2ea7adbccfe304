/** The counts of the reference and of the predictions over the same bins. */
export interface Compared {
  reference: number[];
  live: number[];
}

/** The least share of the reference in one bin of a histogram: at most 20 bins, as is usual for the index. */
const MIN_BIN_SHARE = 0.05;
/** Classes with a smaller share of the reference are counted together. */
const MIN_CLASS_SHARE = 0.01;

/**
 * Merges neighbouring bins until each has at least 5 % of the reference: the index is dominated by bins with almost
 * nothing in them otherwise. What remains at the end is added to the last bin.
 */
export function mergedBins(reference: readonly number[], live: readonly number[]): Compared {
  const total = sum(reference);
  const merged: Compared = { reference: [], live: [] };
  let inReference = 0;
  let inLive = 0;
  reference.forEach((n, i) => {
    inReference += n;
    inLive += live[i] ?? 0;
    if (inReference < total * MIN_BIN_SHARE || inReference === 0) return;
    merged.reference.push(inReference);
    merged.live.push(inLive);
    inReference = 0;
    inLive = 0;
  });
  if (merged.reference.length === 0) return { reference: [inReference], live: [inLive] };
  merged.reference[merged.reference.length - 1]! += inReference;
  merged.live[merged.live.length - 1]! += inLive;
  return merged;
}

/** The mix of classes, the rare ones of the reference, and those that it does not have, counted together. */
export function mergedClasses(
  reference: ReadonlyMap<string, number>,
  live: ReadonlyMap<string, number>,
): Compared {
  const total = sum([...reference.values()]);
  const common = [...reference]
    .filter(([, n]) => n > 0 && n >= total * MIN_CLASS_SHARE)
    .map(([label]) => label);
  const counted = (counts: ReadonlyMap<string, number>) => {
    const known = common.map((label) => counts.get(label) ?? 0);
    return [...known, sum([...counts.values()]) - sum(known)];
  };
  const merged = { reference: counted(reference), live: counted(live) };
  const hasOthers = merged.reference.at(-1)! > 0 || merged.live.at(-1)! > 0;
  return hasOthers ? merged : { reference: merged.reference.slice(0, -1), live: merged.live.slice(0, -1) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
