import { scaleLinear } from "d3-scale";
import type { Text } from "../../i18n/text.ts";
import { type AxisOf, type Extent, endsOf, TICKS } from "./axis.ts";
import { decimalsOf, stepOf } from "./tick-labels.ts";

/** The least range of an axis: one percentage point, so that a change of 0.01 points never looks like a fall. */
const LEAST_SPAN = 0.01;
/** The least range in widths of the widest interval: less than that may be chance. */
const INTERVALS = 2;

/**
 * An axis of shares, 0..1, in per cent. It has room for every interval, and a range of at least twice the widest of
 * them. It may begin above 0, because good models differ in their last few per cent; then it is broken, and says so.
 */
export function shareAxis({ percent }: Text, { isFromZero = false } = {}): AxisOf {
  return (extents) => {
    const [low, high] = rangeOf(extents, isFromZero);
    const scale = scaleLinear([low, high], [0, 1]).nice(TICKS);
    const [from, to] = scale.domain().map((end) => Math.min(1, Math.max(0, end))) as [number, number];
    scale.domain([from, to]);
    const ticks = scale.ticks(TICKS);
    const digits = decimalsOf(stepOf(ticks) * 100);
    return {
      place: scale,
      ticks: ticks.map((tick) => ({ at: scale(tick), label: percent(tick, digits) })),
      brokenAt: from > 0 ? percent(from, Math.max(digits, decimalsOf(stepOf([0, from]) * 100))) : null,
    };
  };
}

function rangeOf(extents: readonly Extent[], isFromZero: boolean): [low: number, high: number] {
  const ends = endsOf(extents).map((end) => Math.min(1, Math.max(0, end)));
  if (ends.length === 0) return [0, 1];
  const widest = Math.max(0, ...extents.map(widthOfInterval).filter(Number.isFinite));
  const span = Math.min(1, Math.max(LEAST_SPAN, INTERVALS * widest));
  let [low, high] = [Math.min(...ends), Math.max(...ends)];
  // The range grows to both sides, and beyond an end of 0..1 to the other one.
  const missing = Math.max(0, span - (high - low));
  [low, high] = [low - missing / 2, high + missing / 2];
  if (high > 1) [low, high] = [low - (high - 1), 1];
  // So close to 0, a break would hide little.
  if (isFromZero || low <= high / 2) return [0, Math.max(high, LEAST_SPAN)];
  return [low, high];
}

function widthOfInterval({ value, low = value, high = value }: Extent): number {
  return Math.min(1, high) - Math.max(0, low);
}
