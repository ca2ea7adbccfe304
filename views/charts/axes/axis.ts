import { widthOf } from "../labels.ts";

/** A value of an axis in words. */
export interface Tick {
  /** Place along the axis, 0 (left or lower end) to 1. */
  at: number;
  label: string;
}

/** Where values are along one side of a chart, and what is written there. No two ticks have the same label. */
export interface Axis {
  /** Place of a value along the axis: 0..1 within its range. */
  place(value: number): number;
  ticks: readonly Tick[];
  /** The value at the lower end, where that could be 0 and is not: the chart shows a break, and says so. */
  brokenAt: string | null;
}

/** A value that the axis must have room for, with the interval of its uncertainty where that is known. */
export interface Extent {
  value: number;
  low?: number | undefined;
  high?: number | undefined;
}

/** Makes the axis for these values. Values that are not finite are ignored. */
export type AxisOf = (extents: readonly Extent[]) => Axis;

/** Ticks of an axis of values, about. */
export const TICKS = 4;

/** Width of the plot on the narrowest phone, in widths of the chart's text. */
const NARROWEST_EM = 20;
/** Space between two labels beside each other. */
const SPACE_EM = 0.8;

/** All finite ends of values and intervals. */
export function endsOf(extents: readonly Extent[]): number[] {
  return extents
    .flatMap(({ value, low = value, high = value }) => [value, low, high])
    .filter(Number.isFinite);
}

/** The greatest tick labels that fit beside each other on a phone, of attempts from many to few; the first, if none do. */
export function fitting(attempts: readonly (readonly Tick[])[], plotEm = NARROWEST_EM): readonly Tick[] {
  const fits = (ticks: readonly Tick[]) =>
    ticks.every(({ at, label }, i) => {
      const next = ticks[i + 1];
      if (next === undefined) return true;
      return (next.at - at) * plotEm >= (widthOf(label) + widthOf(next.label)) / 2 + SPACE_EM;
    });
  return attempts.find(fits) ?? (attempts.at(-1) ?? []).slice(0, 1);
}

/** Ticks without those whose label an earlier one has. */
export function distinct(ticks: readonly Tick[]): Tick[] {
  const seen = new Set<string>();
  return ticks.filter(({ label }) => !seen.has(label) && seen.add(label));
}
