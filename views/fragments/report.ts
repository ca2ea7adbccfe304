import {
  APP_HOLDOUT,
  type Calibration,
  type ClassScore,
  MNIST_TEST,
  setOfChampion,
} from "../../src/domain/metrics.ts";
import type { Text } from "../i18n/text.ts";

/** An evaluation as pages show it; values that an older run did not record are null. */
export interface ReportProps {
  n: number | null;
  /** 0..1 */
  accuracy: number;
  loss: number | null;
  perClass: readonly ClassScore[];
  /** Rows are true classes, in the order of `perClass`; empty when not recorded. */
  confusion: readonly (readonly number[])[];
  calibration: Calibration | null;
  /** The report of the model that was then live, on the same images; null when not recorded. */
  before: ReportProps | null;
}

/** The name of an evaluation set in words; unknown names are unchanged. */
export function setName(text: Text, set: string): string {
  const { t } = text;
  const own = setOfChampion(set);
  if (own !== null) return t("eval.ofBefore", { set: setName(text, own) });
  const known = ([MNIST_TEST, APP_HOLDOUT, "reference", "pinned"] as const).find((each) => each === set);
  return known === undefined ? set : t(`model.set.${known}`);
}

/** "on 10,000 images, previous model: 99.3 %", as far as known. */
export function reportNote({ t, number, percent }: Text, report: ReportProps): string {
  const parts: string[] = [];
  if (report.n !== null) parts.push(t("model.onImages", { n: number(report.n) }));
  if (report.before !== null) {
    parts.push(t("model.before", { percent: percent(report.before.accuracy, 2) }));
  }
  return parts.join(t("text.comma"));
}
