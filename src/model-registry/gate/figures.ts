/** A share as a percentage: 0.9912 -> "99.12 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** A difference of two shares: 0.003 -> "+0.30 points". */
export function points(difference: number, isSigned = true): string {
  const rounded = (difference * 100).toFixed(2).replace(/^-0\.00$/, "0.00");
  const sign = isSigned && Number(rounded) > 0 ? "+" : "";
  return `${sign}${rounded} points`;
}

/** A count with thousands separators: 10000 -> "10,000". */
export function count(n: number): string {
  return n.toLocaleString("en-US");
}
