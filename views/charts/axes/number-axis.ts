import { scaleLinear } from "d3-scale";
import type { Text } from "../../i18n/text.ts";
import { type AxisOf, endsOf, TICKS } from "./axis.ts";
import { numberLabels } from "./tick-labels.ts";

/** Closer to 0 than this, there are no numbers for the ticks between. */
const SMALLEST = 1e-300;
/** Beyond this, the distance between two ends is no longer a number: such values are drawn at the end of the axis. */
const LARGEST = 1e300;

/** An axis of numbers such as losses and rates. 0 is always on it. */
export function numberAxis({ language }: Text): AxisOf {
  return linear(language, false);
}

/** An axis of numbers of things, from 0: only whole numbers are on it. */
export function countAxis({ language }: Text): AxisOf {
  return linear(language, true);
}

function linear(language: string, isWhole: boolean): AxisOf {
  return (extents) => {
    const ends = endsOf(extents).map((end) => Math.min(LARGEST, Math.max(-LARGEST, end)));
    const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
    const isFlat = high - low < (isWhole ? 1 : SMALLEST);
    const scale = scaleLinear(isFlat ? [0, 1] : [low, high], [0, 1])
      .nice(TICKS)
      .clamp(true);
    const ticks = scale.ticks(TICKS).filter((tick) => !isWhole || Number.isInteger(tick));
    const labels = numberLabels(ticks, language);
    return {
      place: scale,
      ticks: ticks.map((tick, i) => ({ at: scale(tick), label: labels[i]! })),
      brokenAt: null,
    };
  };
}
