import { pValue } from "../../src/lib/p-value.ts";
import type { Text } from "./text.ts";

/** The kinds of values in the gate's sentences, by name; all other numbers are shares with two decimal places. */
const COUNTS = ["n", "needed", "classes", "fixed", "broken", "items", "row", "suspects"];
const SIGNED_POINTS = ["change", "limit"];
const POINTS = ["allowed", "gap", "margin", "drop"];
const WHOLE_PERCENTS = ["share", "shareLimit"];

/** A value of one of the gate's sentences in the reader's language, rounded as the gate rounds it. */
export function figureWords(text: Text, name: string, value: number | string): string {
  if (typeof value === "string") return value;
  if (name === "p") return pValue(value);
  if (COUNTS.includes(name)) return text.number(value);
  if (SIGNED_POINTS.includes(name)) return pointsWords(text, value, true);
  if (POINTS.includes(name)) return pointsWords(text, value);
  return `${text.number(value * 100, WHOLE_PERCENTS.includes(name) ? 0 : 2)} %`;
}

/** A difference of two shares: 0.003 -> "+0.30 points". */
export function pointsWords(text: Text, difference: number, isSigned = false): string {
  const rounded = text.number(difference * 100, 2).replace(/^-0\.00$/, "0.00");
  const sign = isSigned && Number(rounded.replaceAll(",", "")) > 0 ? "+" : "";
  return text.t("gate.points", { n: sign + rounded });
}
