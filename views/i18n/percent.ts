/**
 * 0..1 as a percentage, cut rather than rounded: only certainty reads as 100 %.
 * The space before the sign does not break.
 */
export function percentText(share: number, language: string, digits = 1): string {
  // The tiny addend undoes binary rounding: 0.992 · 1000 must not be cut to 991.
  const scale = 10 ** digits;
  const cut = Math.floor(share * 100 * scale + 1e-6) / scale;
  return `${cut.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })}\u00a0%`;
}
