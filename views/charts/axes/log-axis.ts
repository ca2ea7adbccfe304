import { scaleSymlog } from "d3-scale";
import { numberText } from "../../i18n/number-text.ts";
import type { Text } from "../../i18n/text.ts";
import { type AxisOf, endsOf } from "./axis.ts";
import { numberLabels } from "./tick-labels.ts";

/** Powers of ten are written out up to this one. */
const WRITTEN = 4;
const SUPERSCRIPT = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];
/** Powers of ten on an axis, at most. */
const MOST = 6;

/** An axis of powers of ten; values are decimal logarithms. @param range that it has at least. */
export function powerAxis({ language }: Text, range: readonly [low: number, high: number]): AxisOf {
  return (extents) => {
    const ends = [...endsOf(extents), ...range];
    const [low, high] = [Math.floor(Math.min(...ends)), Math.ceil(Math.max(...ends))];
    const place = (value: number) => (value - low) / Math.max(1, high - low);
    const step = Math.max(1, Math.ceil((high - low) / MOST));
    const powers = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((p) => p % step === 0);
    return {
      place,
      ticks: powers.map((power) => ({ at: place(power), label: powerLabel(power, language) })),
      brokenAt: null,
    };
  };
}

/** An axis of numbers of things on which those up to the most stay visible beside it: logarithmic, from 0. */
export function countLogAxis({ language }: Text): AxisOf {
  return (extents) => {
    const most = Math.max(1, ...endsOf(extents));
    const scale = scaleSymlog([0, most], [0, 1]);
    const ticks = [0, most];
    const labels = numberLabels(ticks, language);
    return {
      place: scale,
      ticks: ticks.map((tick, i) => ({ at: scale(tick), label: labels[i]! })),
      brokenAt: null,
    };
  };
}

function powerLabel(power: number, language: string): string {
  if (Math.abs(power) <= WRITTEN) return numberText(10 ** power, language, Math.max(0, -power));
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPT[Number(digit)]).join("");
  return `10${power < 0 ? "⁻" : ""}${digits}`;
}
