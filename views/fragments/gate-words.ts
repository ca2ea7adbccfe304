import type { GateCheck } from "../../src/domain/gate.ts";
import { en, type MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

/** Names of values that are differences of shares, and of those that are counts; all other numbers are shares. */
const POINTS = ["change", "allowed"];
const COUNTS = ["n", "needed", "other", "classes"];

/** A check of the gate in the reader's language; in the gate's own words if it provides nothing else. */
export function checkWords(text: Text, { detail, says }: Pick<GateCheck, "detail" | "says">): string {
  const key = `gate.${says?.key ?? ""}`;
  if (says === undefined || !isMessage(key)) return detail;
  const figures = Object.entries(says.figures).map(([name, value]) => [name, figureWords(text, name, value)]);
  return text.t(key, Object.fromEntries(figures));
}

function figureWords(text: Text, name: string, value: number | string): string {
  if (typeof value === "string") return value;
  if (COUNTS.includes(name)) return text.number(value);
  if (!POINTS.includes(name)) return text.percent(value, 2);
  const rounded = Math.round(value * 10_000) / 100 || 0;
  const sign = name === "change" && rounded > 0 ? "+" : "";
  return text.t("gate.points", { n: sign + text.number(rounded, 2) });
}

function isMessage(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
