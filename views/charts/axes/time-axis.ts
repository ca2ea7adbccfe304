import { type AxisOf, distinct, fitting } from "./axis.ts";

/**
 * The lower side of a chart over points in time, equally far apart; values are indices of points. A time that repeats,
 * as at the end of summer time, is written once.
 *
 * @param labels of all points in order.
 */
export function timeAxis(labels: readonly string[]): AxisOf {
  return () => {
    const last = labels.length - 1;
    const place = (index: number) => (last <= 0 ? 0.5 : index / last);
    const every = (step: number) =>
      distinct(labels.map((label, i) => ({ at: place(i), label })).filter((_, i) => i % step === 0));
    const attempts = labels.map((_, i) => every(i + 1)).filter(({ length }) => length <= MOST);
    return { place, ticks: fitting(attempts), brokenAt: null };
  };
}

/** More times beside each other are hard to tell apart. */
const MOST = 6;
