import { numberText } from "./number-text.ts";

/**
 * 0..1 as a percentage, rounded, except that only 1 is shown as 100 %.
 * The space before the sign is non-breaking.
 */
export function percentText(share: number, language: string, digits = 1): string {
  const scale = 10 ** digits;
  const rounded = Math.round(share * 100 * scale) / scale;
  const shown = share < 1 ? Math.min(rounded, 100 - 1 / scale) : rounded;
  return `${numberText(shown, language, digits)}\u00a0%`;
}
