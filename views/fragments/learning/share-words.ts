import type { Proportion } from "../../../src/domain/monitoring/proportion.ts";
import type { Text } from "../../i18n/text.ts";

/** The two ends of an interval of a share. */
export function rangeWords({ t, percent }: Text, low: number, high: number): string {
  return t("learning.range", { low: percent(low, 2), high: percent(high, 2) });
}

/** A share of mistakes, a dash without drawings. */
export function shareWords({ t, percent }: Text, of: Proportion | null): string {
  return of?.share == null ? t("value.none") : percent(of.share, 2);
}

/** Its 95 % interval. */
export function intervalWords(text: Text, { low, high }: Proportion): string {
  return low === null || high === null ? text.t("value.none") : rangeWords(text, low, high);
}
