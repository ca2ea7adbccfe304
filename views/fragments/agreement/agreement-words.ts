import type { Proportion } from "../../../src/domain/monitoring/proportion.ts";
import { type Agreement, LEAST_PAIRS } from "../../../src/domain/queue/kappa.ts";
import type { QueueAnswer } from "../../../src/domain/queue/question.ts";
import type { Text } from "../../i18n/text.ts";

/** An answer of the label queue in words. */
export function answerWords({ t }: Text, answer: QueueAnswer): string {
  if (answer.kind === "label") return answer.label;
  return answer.kind === "none" ? t("draw.none") : t("agreement.notUsable");
}

/** Kappa with its interval and number of drawings, or why there is none. */
export function kappaWords(text: Text, { equal: { n }, kappa, noKappa }: Agreement): string {
  const { t, number } = text;
  if (kappa === null) {
    if (noKappa === "one_class") return t("agreement.oneClass");
    return t("agreement.few", { n: number(n), least: LEAST_PAIRS });
  }
  const value = kappaText(text, kappa.value);
  if (kappa.interval === null) return t("agreement.kappaPlain", { value, n: number(n) });
  const { low, high } = kappa.interval;
  const ends = { low: kappaText(text, low), high: kappaText(text, high) };
  return t("agreement.kappaValue", { value, ...ends, n: number(n) });
}

/** The same for the cell of a table. */
export function shortKappaWords(text: Text, { equal: { n }, kappa, noKappa }: Agreement): string {
  const { t, number } = text;
  if (kappa === null) {
    if (noKappa === "one_class") return t("agreement.oneClassShort");
    return t("agreement.fewShort", { n: number(n), least: LEAST_PAIRS });
  }
  const value = kappaText(text, kappa.value);
  if (kappa.interval === null) return value;
  const { low, high } = kappa.interval;
  return t("agreement.kappaShort", { value, low: kappaText(text, low), high: kappaText(text, high) });
}

/** "18 of 20, 70 %–97 %"; a dash without any. */
export function ofWords({ t, number, percent }: Text, of: Proportion, n: number): string {
  const { low, high } = of;
  if (low === null || high === null) return t("value.none");
  const range = { low: percent(low, 0), high: percent(high, 0) };
  return t("agreement.ofShort", { n: number(n), of: number(of.n), ...range });
}

/** Two decimal places, cut so that only 1 is "1.00", and never "-0.00". */
function kappaText({ number }: Text, value: number): string {
  const shown = value < 1 && value > 0.99 ? 0.99 : value;
  return number(Math.abs(shown) < 0.005 ? 0 : shown, 2);
}
