/** A p-value with two significant digits, or one where it is small: 0.42, 3e-7. */
export function pValue(p: number): string {
  return p >= 0.001 ? String(Number(p.toPrecision(2))) : p.toExponential(0);
}
