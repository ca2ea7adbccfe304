import { numberText } from "../../i18n/number-text.ts";

/** From here on, numbers are shortened: 20K, 1.5M. */
const COMPACT_FROM = 10_000;
/** Beyond these, they are written as powers of ten: 2e-9. */
const LARGEST = 1e15;
const SMALLEST_STEP = 1e-6;

const COMPACT = new Map<string, Intl.NumberFormat>();

/** Decimal places that tell multiples of a step apart: 2 for 0.05, 0 for 20. */
export function decimalsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/** The least distance between two of these numbers, in order; 0 for fewer than two. */
export function stepOf(ticks: readonly number[]): number {
  const steps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
  return steps.length === 0 ? 0 : Math.min(...steps);
}

/** Numbers in the reader's language with as many digits as tell them apart. @param ticks multiples of a step. */
export function numberLabels(ticks: readonly number[], language: string): string[] {
  const step = stepOf(ticks);
  const most = Math.max(0, ...ticks.map(Math.abs));
  if (most >= LARGEST || (step > 0 && step < SMALLEST_STEP)) {
    const digits = step > 0 ? Math.floor(Math.log10(most) + 1e-9) - Math.floor(Math.log10(step) + 1e-9) : 2;
    return ticks.map((tick) => (tick === 0 ? "0" : tick.toExponential(Math.min(15, Math.max(0, digits)))));
  }
  if (most >= COMPACT_FROM && step >= most / 1000) return ticks.map((tick) => compact(tick, language));
  return ticks.map((tick) => numberText(tick, language, step === 0 ? 0 : decimalsOf(step)));
}

function compact(value: number, language: string): string {
  let format = COMPACT.get(language);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 6 });
    COMPACT.set(language, format);
  }
  return format.format(value);
}
