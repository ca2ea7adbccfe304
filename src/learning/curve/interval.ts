/** The ends of a 95 % interval. */
export interface Interval {
  low: number;
  high: number;
}

/** The 2.5 % and 97.5 % points of some values; at least one. */
export function interval(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}
