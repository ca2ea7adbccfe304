import { scaleLinear } from "d3-scale";
import type { Text } from "../../i18n/text.ts";
import { type AxisOf, endsOf, fitting, type Tick } from "./axis.ts";
import { numberLabels } from "./tick-labels.ts";

/** Attempts, from the most ticks to the fewest. */
const COUNTS = [6, 5, 4, 3, 2, 1];

/** The lower side of a chart over whole numbers such as epochs or versions. @param range that it has at least. */
export function wholeAxis({ language }: Text, range: readonly number[] = []): AxisOf {
  return (extents) => {
    const ends = [...endsOf(extents), ...range.filter(Number.isFinite)];
    const [low, high] = ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
    let [from, to] = [Math.floor(low), Math.ceil(high)];
    // A single number is in the middle.
    if (from === to) [from, to] = [from - 1, to + 1];
    const scale = scaleLinear([from, to], [0, 1]);
    const attempts = COUNTS.map((count): Tick[] => {
      const ticks = scale.ticks(count).filter((tick) => Number.isInteger(tick) && tick >= Math.floor(low));
      const labels = numberLabels(ticks, language);
      return ticks.map((tick, i) => ({ at: scale(tick), label: labels[i]! }));
    });
    return { place: scale, ticks: fitting(attempts.filter(({ length }) => length > 0)), brokenAt: null };
  };
}
