import type { GateCheck } from "../../../src/domain/gate.ts";
import { sayingWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";

/** Names of values that are differences of shares, and of those that are counts; all other numbers are shares. */
const POINTS = ["change", "allowed"];
const COUNTS = ["n", "needed", "other", "classes"];

/** A check of the gate in the reader's language; in the gate's own English where it has no saying. */
export function checkWords(text: Text, { detail, says }: Pick<GateCheck, "detail" | "says">): string {
  if (says === undefined) return detail;
  return sayingWords(text, "gate", says, (name, value) => figureWords(text, name, value)) ?? detail;
}

function figureWords(text: Text, name: string, value: number | string): string {
  if (typeof value === "string") return value;
  if (COUNTS.includes(name)) return text.number(value);
  if (!POINTS.includes(name)) return text.percent(value, 2);
  const rounded = Math.round(value * 10_000) / 100 || 0;
  const sign = name === "change" && rounded > 0 ? "+" : "";
  return text.t("gate.points", { n: sign + text.number(rounded, 2) });
}
